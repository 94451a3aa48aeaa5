"""Visits, in person or by video: who came, whom they met, what was spoken about."""
