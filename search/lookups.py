"""What every search asks of the database, written out: to build these queries anew each time would take longer than to
answer them.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from search.models import SHOWN

# Made of constants.
_SHOWN = {
    language: f"SELECT key, {column} FROM search_entry WHERE key IN ({{}})"  # noqa: S608
    for language, column in SHOWN.items()
}
_MOST_PINNED = 10
# Names pair with names; a pinned record has a position.
_KNOWN = (
    "SELECT a.folded, b.folded, NULL FROM search_name a JOIN search_name b ON a.pair = b.pair"
    " WHERE a.folded IN ({}) AND a.folded <> b.folded"
    " UNION SELECT uid, folded, position FROM search_pin WHERE folded = %s"
)


def shown(keys: Sequence[int], language: str) -> dict[int, str]:
    """What results show of these entries, as JSON texts, by key; those that are gone are left out."""
    return dict(_asked(_SHOWN[language], keys))


def known(names: Sequence[str], query: str) -> tuple[list[tuple[str, str]], list[str]]:
    """Each of these folded names with each other one that records give the same; and the uids that editors have put
    first for the whole query, folded, in their order.
    """
    pairs: list[tuple[str, str]] = []
    pinned: list[tuple[int, str]] = []
    for one, other, position in _asked(_KNOWN, names, query):
        if position is None:
            pairs.append((one, other))
        else:
            pinned.append((position, one))
    return pairs, [uid for _position, uid in sorted(pinned)[:_MOST_PINNED]]


def _asked(statement: str, values: Sequence[object], *others: object) -> list[tuple[Any, ...]]:
    if not values:
        return []
    # Nothing goes into the text but the number of places for values.
    with connection.cursor() as cursor:
        cursor.execute(statement.format(",".join(["%s"] * len(values))), [*values, *others])
        return cursor.fetchall()
