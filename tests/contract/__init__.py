"""Tests of what the portal promises to the outside."""
