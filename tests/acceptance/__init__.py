"""The long tests: races, large data, load."""
