"""Readers who follow the portal by e-mail. The only room that holds their addresses; no other room imports it."""
