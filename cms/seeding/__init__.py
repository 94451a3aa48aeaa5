"""Seed content: the reviewed fixtures, their drawings, and the way they are published."""
