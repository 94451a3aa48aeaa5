"""The Chinese addresses of the room."""

from portal.rendering.whole import SERVICES

VENUES = f"{SERVICES}venues/"
TRACK = f"{SERVICES}track/"
