"""Agreements with partner cities: what was signed, by whom, for which fields."""
