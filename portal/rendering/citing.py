"""How a record is cited: its author, its title, the portal, the version and the address at which that stays."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from portal.core.languages import in_language
from portal.rendering import dates
from portal.rendering.texts import plain
from portal.rendering.theme import theme


def citation(record: Mapping[str, Any], versions: str, language: str) -> str:
    """The citation of a ready record in the active language. ``versions`` is the Chinese path of its versions."""
    identity = theme().identity
    return gettext("%(author)s, “%(title)s”, %(portal)s, version %(version)s, %(day)s, %(address)s") % {
        "author": plain(identity["department"], language),
        "title": plain(record["title"], language),
        "portal": plain(identity["name"], language),
        "version": record["version"],
        "day": dates.display_moment(record["modified_at"], language).primary.rpartition(" ")[0],
        "address": settings.BASE_URL + in_language(f"{versions}{record['version']}/", language),
    }
