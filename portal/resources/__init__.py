"""Rooms and vehicles, and when they are taken. Public code may read all of it: whom a thing is kept for, and why, is
not here.
"""
