"""The Chinese addresses of the room."""

from portal.rendering.whole import SERVICES

TRACK = f"{SERVICES}track/"
