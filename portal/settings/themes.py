"""The theme of the public pages, and those that it extends."""

from portal.rendering.theme import read
from portal.settings.env import BASE_DIR, text

PORTAL_THEME = text("PORTAL_THEME", "default")
_THEME = read(PORTAL_THEME, BASE_DIR / "themes")
#: The theme's own folder first: what it has wins.
THEME_DIRS = _THEME.folders
#: Whose portal this is: what its pages say in their frame, its catalogues say as the publisher.
PORTAL_IDENTITY = _THEME.identity
