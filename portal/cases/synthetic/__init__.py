"""Invented cases for trying the desks, in a database of their own: never beside real ones (`portal.core.synthetic`)."""
