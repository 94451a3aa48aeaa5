"""Tests of the editors' side."""
