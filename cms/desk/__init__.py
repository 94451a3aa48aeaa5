"""The editors' desk: what failed to publish, what waits for a translation."""
