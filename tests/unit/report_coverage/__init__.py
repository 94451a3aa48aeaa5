"""Tests of the checker of the report's coverage."""
