"""What every search asks of the database, written out: to build these queries anew each time would take longer than to
answer them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from search.models import SHOWN

# All of them are made of constants.
_SHOWN = {
    language: f"SELECT key, {column} FROM search_entry WHERE key IN ({{}})"  # noqa: S608
    for language, column in SHOWN.items()
}
_MOST_PINNED = 10
_NO_POSITION = -1
_STAMP = f"SELECT stamp, '', {_NO_POSITION} FROM search_stamp"  # noqa: S608
# Names pair with names; a pinned record has a position.
_KNOWN = (
    "SELECT folded, other, NULL FROM search_pair WHERE folded IN ({})"  # noqa: S608
    f" UNION ALL SELECT uid, folded, position FROM search_pin WHERE folded = %s UNION ALL {_STAMP}"
)


@dataclass(frozen=True, slots=True)
class Known:
    """``pairs`` are folded names, each with another one that records give the same; ``pinned`` the uids that editors
    have put first for the whole query, in their order; ``stamp`` is that of the entries.
    """

    pairs: list[tuple[str, str]]
    pinned: list[str]
    stamp: str


def shown(keys: Sequence[int], language: str) -> dict[int, str]:
    """What results show of these entries, as JSON texts, by key; those that are gone are left out."""
    return dict(_asked(_SHOWN[language], keys))


def known(names: Sequence[str], query: str) -> Known:
    """What is known of these folded names, and of the whole query, folded; of nothing where there is no name."""
    pairs: list[tuple[str, str]] = []
    pinned: list[tuple[int, str]] = []
    stamp = ""
    for one, other, position in _asked(_KNOWN, names, query) if names else _asked(_STAMP, ()):
        if position is None:
            pairs.append((one, other))
        elif position == _NO_POSITION:
            stamp = one
        else:
            pinned.append((position, one))
    return Known(pairs, [uid for _position, uid in sorted(pinned)[:_MOST_PINNED]], stamp)


def stamp() -> str:
    """The stamp of the entries alone."""
    return known((), "").stamp


def _asked(statement: str, values: Sequence[object], *others: object) -> list[tuple[Any, ...]]:
    # Nothing goes into the text but the number of places for values.
    with connection.cursor() as cursor:
        cursor.execute(statement.format(",".join(["%s"] * len(values))), [*values, *others])
        return cursor.fetchall()
