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
_PINNED = "SELECT uid FROM search_pin WHERE folded = %s ORDER BY position, uid LIMIT 10"
_PAIRS = (
    "SELECT DISTINCT a.folded, b.folded FROM search_name a JOIN search_name b ON a.pair = b.pair"
    " WHERE a.folded IN ({}) AND a.folded <> b.folded"
)


def shown(keys: Sequence[int], language: str) -> dict[int, str]:
    """What results show of these entries, as JSON texts, by key; those that are gone are left out."""
    return dict(_asked(_SHOWN[language], keys))


def pinned(folded: str) -> list[str]:
    """The uids that editors have put first for a query, in their order."""
    with connection.cursor() as cursor:
        cursor.execute(_PINNED, [folded])
        return [uid for (uid,) in cursor.fetchall()]


def other_names(folded: Sequence[str]) -> list[tuple[str, str]]:
    """Each of these folded names with each other one that records give the same."""
    return _asked(_PAIRS, folded)


def _asked(statement: str, values: Sequence[object]) -> list[tuple[Any, Any]]:
    if not values:
        return []
    # Nothing goes into the text but the number of places for values.
    with connection.cursor() as cursor:
        cursor.execute(statement.format(",".join(["%s"] * len(values))), values)
        return cursor.fetchall()
