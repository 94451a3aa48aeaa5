"""The theme of the public pages, and those that it extends."""

from portal.rendering.theme import read
from portal.settings.env import BASE_DIR, text

PORTAL_THEME = text("PORTAL_THEME", "default")
#: The theme's own folder first: what it has wins.
THEME_DIRS = read(PORTAL_THEME, BASE_DIR / "themes").folders
