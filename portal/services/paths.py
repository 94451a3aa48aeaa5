"""The Chinese addresses of the room."""

from portal.rendering.whole import SERVICES
from portal.services.offered import COMPLAINT

TRACK = f"{SERVICES}track/"
COMPLAIN = COMPLAINT.path
