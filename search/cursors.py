"""Cursors of a search: the last hit that was seen, those where earlier pages began, and whether hits may have less than
was asked for. Opaque text, believed only if it could have been handed out.
"""

import json
import math
from dataclasses import dataclass

import orjson

from portal.core.opaque import unwrap, wrap
from search.answers import SORTS, BadCursor

_LONGEST = 2000
_KEY_BITS = 62


@dataclass(frozen=True)
class Cursor:
    """``after`` is as in `search.plan.Request`; ``before`` holds where the pages before this one began, the nearest
    last (an empty tuple for the first page).
    """

    after: tuple[float, ...]
    relaxed: bool
    before: tuple[tuple[float, ...], ...] = ()


def encode(cursor: Cursor, sort: str) -> str:
    """The cursor as text for an address."""
    return wrap(orjson.dumps([sort, cursor.after, int(cursor.relaxed), cursor.before]))


def decode(text: str, sort: str) -> Cursor:
    """The cursor of a text. Raises `BadCursor`."""
    try:
        if len(text) > _LONGEST:
            raise BadCursor
        made_for, after, relaxed, before = json.loads(unwrap(text))
        cursor = Cursor(tuple(after), bool(relaxed), tuple(tuple(each) for each in before))
    except (BadCursor, TypeError, ValueError, RecursionError):
        raise BadCursor("unreadable") from None
    places = [cursor.after, *cursor.before]
    if made_for != sort or sort not in SORTS or not all(_possible(place, sort) for place in places):
        raise BadCursor("made for another order")
    return cursor


def _possible(place: tuple[float, ...], sort: str) -> bool:
    if not place:
        return True
    if not all(type(each) in (int, float) for each in place):
        return False
    key = place[-1]
    if type(key) is not int or not 0 <= key < 1 << _KEY_BITS:
        return False
    if sort != "relevance":
        return len(place) == 1
    return len(place) == 2 and math.isfinite(place[0]) and abs(place[0]) < 1e9
