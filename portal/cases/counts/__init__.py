"""Counts of cases per kind and month, without what would tell of a few: all that `cms` may know of cases."""
