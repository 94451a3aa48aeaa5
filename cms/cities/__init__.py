"""Partner cities and regions of the city."""
