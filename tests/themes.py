"""The themes that there are, and choosing one in a test."""

from pathlib import Path
from typing import Any

from django.conf import settings

from portal.rendering.theme import read

_ROOT = Path(settings.BASE_DIR, "themes")
THEMES = sorted(each.parent.name for each in _ROOT.glob("*/theme.toml"))


def choose(changed: Any, name: str) -> None:
    """Let pages be rendered in a theme, with its static files, through the fixture ``settings``."""
    folders = read(name, _ROOT).folders
    changed.PORTAL_THEME = name
    changed.STATICFILES_DIRS = [folder / "static" for folder in folders if (folder / "static").is_dir()]
