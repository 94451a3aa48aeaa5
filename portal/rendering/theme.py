"""Themes: a folder ``themes/<name>/`` with ``theme.toml``, ``templates/`` and ``static/``.

A theme may extend another; what it does not have is taken from that one. Its templates get documents and
plain values, and run in an engine of their own without context processors, so that nothing of the editing
side can reach them. `read` needs no settings: the settings use it.
"""

import functools
import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.backends.django import DjangoTemplates
from django.utils.safestring import SafeString

from portal import __version__

#: A token that is a colour, as a theme's tokens.css has it.
_COLOUR = re.compile(r"--([a-z0-9-]+): (#[0-9a-f]{6});")


class ThemeError(Exception):
    """A theme that is not there, has no ``theme.toml``, or extends itself."""


@dataclass(frozen=True)
class Theme:
    """A theme and what it stands on. ``folders`` are searched in order; ``identity`` holds the portal's name
    and owner as language maps.
    """

    name: str
    folders: tuple[Path, ...]
    identity: Mapping[str, Any]

    @functools.cached_property
    def digest(self) -> str:
        """Changes with any file of the theme and with the portal's version: part of the key of every stored page."""
        digest = hashlib.sha256(__version__.encode())
        for folder in self.folders:
            for path in sorted(path for path in folder.rglob("*") if path.is_file()):
                digest.update(str(path.relative_to(folder)).encode() + path.read_bytes())
        return digest.hexdigest()[:16]

    @functools.cached_property
    def colours(self) -> Mapping[str, str]:
        """The colours by day (``#rrggbb``) among the design tokens, by name: for what is not drawn by a browser."""
        tokens = next(path for folder in self.folders if (path := folder / "static/theme/tokens.css").is_file())
        by_day, _brace, _rest = tokens.read_text("utf-8").partition("}")
        return dict(_COLOUR.findall(by_day))

    @functools.cached_property
    def engine(self) -> DjangoTemplates:
        """The template engine of the theme."""
        return DjangoTemplates(
            {
                "NAME": f"theme-{self.name}",
                "DIRS": [folder / "templates" for folder in self.folders],
                "APP_DIRS": False,
                "OPTIONS": {
                    "builtins": [
                        "django.templatetags.i18n",
                        "django.templatetags.static",
                        "portal.rendering.templatetags.record_texts",
                    ],
                },
            }
        )

    def render(self, template: str, context: dict[str, Any]) -> SafeString:
        """A template of the theme with a context."""
        return self.engine.get_template(template).render(context)


def read(name: str, root: Path) -> Theme:
    """The theme of a name under the folder of all themes. Raises `ThemeError`."""
    folders: list[Path] = []
    identity: dict[str, Any] = {}
    wanted: str | None = name
    while wanted:
        folder = root / wanted
        if folder in folders:
            raise ThemeError(f"The theme {wanted} extends itself.")
        try:
            about = tomllib.loads((folder / "theme.toml").read_text("utf-8"))
        except OSError:
            raise ThemeError(f"There is no theme {wanted}: {folder / 'theme.toml'} cannot be read.") from None
        folders.append(folder)
        identity = about.get("identity", {}) | identity
        wanted = about.get("extends")
    return Theme(name, tuple(folders), identity)


@functools.cache
def _read_once(name: str, root: Path) -> Theme:
    return read(name, root)


def theme() -> Theme:
    """The theme that the settings choose (PORTAL_THEME)."""
    return _read_once(settings.PORTAL_THEME, Path(settings.BASE_DIR) / "themes")
