"""Exhibits: what is shown where and when, alone or in a series."""
