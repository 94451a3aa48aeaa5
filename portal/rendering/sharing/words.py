"""What is written on a sharing picture, and in which colours."""

import datetime
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from importlib.metadata import version
from typing import Any, NamedTuple

from django.utils.translation import override

from portal import __version__
from portal.core.canonical import canonical_json, sha256_hex
from portal.core.languages import CHINESE, DJANGO_CODES, text
from portal.rendering import rows
from portal.rendering.texts import is_fallback, plain
from portal.rendering.theme import theme


class Colours(NamedTuple):
    """The tokens that a picture is drawn in."""

    paper: str
    ink: str
    ink2: str
    line: str
    harbour: str
    wash: str


@dataclass(frozen=True)
class Words:
    """The texts of a picture; ``language`` is that of the title. ``kind``, ``date`` and ``other_calendar`` are empty
    where there is none. ``colours`` are the theme's.
    """

    title: str
    language: str
    kind: str
    date: str
    other_calendar: str
    name: str
    department: str
    colours: Colours

    @property
    def key(self) -> str:
        """What names the picture, in hex: all that it depends on, the programs that draw included."""
        return sha256_hex(canonical_json([*astuple(self), __version__, version("Pillow")]))


def words_of(record: Mapping[str, Any], language: str) -> Words:
    """What a ready record's picture says: its title, its kind, and its date in the reader's calendar."""
    with override(DJANGO_CODES[language]):
        # The day decides nothing that is written here.
        row = rows.row(record, language, datetime.date.min)
        between = "" if language == CHINESE else " "
        return _signed(
            language,
            title=plain(record["title"], language),
            title_language=CHINESE if is_fallback(record["title"], language) else language,
            kind=rows.kind_line(record, language),
            date=between.join(filter(None, (row.lead, row.when.primary))) if row.when else "",
            other_calendar=row.when.secondary if row.when else "",
        )


def words_of_site(language: str) -> Words:
    """What the picture of the whole site says: its claim."""
    return _signed(language, title=text(theme().identity["claim"], language), title_language=language)


def _signed(
    language: str, *, title: str, title_language: str, kind: str = "", date: str = "", other_calendar: str = ""
) -> Words:
    identity = theme().identity
    return Words(
        title=title,
        language=title_language,
        kind=kind,
        date=date,
        other_calendar=other_calendar,
        name=text(identity["name"], language),
        department=text(identity["department"], language),
        colours=Colours(*(theme().colours[name] for name in Colours._fields)),
    )
