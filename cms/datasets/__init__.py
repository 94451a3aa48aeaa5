"""Datasets: what is counted, in which dimensions, and the digest of the table that holds the observations."""
