"""Whether the portal serves invented data."""

from portal.settings.env import flag

#: On every page of such a portal a banner says so, and it serves no database but one that is marked.
PORTAL_SYNTHETIC = flag("PORTAL_SYNTHETIC", False)
