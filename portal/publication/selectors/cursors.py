"""Cursors: places in a sorted list, handed out as opaque text and believed only if they could have been
handed out.

A place is a sort key and a uid, both exclusive, and the direction of reading; an empty uid stands for the
list's edge, so that a page that has become empty still leads back. A cursor belongs to one sort order.
"""

import json
import re
from dataclasses import dataclass
from datetime import date

from portal.core.opaque import unwrap, wrap

_LONGEST = 400
_UID = re.compile(r"[a-z]+:[a-z0-9-]+")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")


class BadCursor(ValueError):
    """A cursor that no list of this order has handed out."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: beyond ``key`` and ``uid``, read forward or backward. ``key`` is None for an
    undated record, and at an edge.
    """

    forward: bool
    key: str | None
    uid: str


def encode(place: Place, sort: str) -> str:
    """The place as text for an address."""
    packed = json.dumps([sort, int(place.forward), place.key, place.uid], separators=(",", ":"))
    return wrap(packed.encode())


def decode(text: str, sort: str) -> Place:
    """The place that a cursor names. Raises `BadCursor` for any text that `encode` has not made for this sort
    order.
    """
    try:
        if len(text) > _LONGEST:
            raise BadCursor
        made_for, forward, key, uid = json.loads(unwrap(text))
        place = Place(bool(forward), key, uid)
    except (TypeError, ValueError, RecursionError):
        raise BadCursor("unreadable") from None
    if made_for != sort or not _possible(place, sort) or encode(place, sort) != text:
        raise BadCursor("made for another list")
    return place


def _possible(place: Place, sort: str) -> bool:
    if not isinstance(place.uid, str) or not isinstance(place.key, str | None):
        return False
    if place.uid and not _UID.fullmatch(place.uid):
        return False
    if place.key is None:
        return not place.uid or sort.endswith("date")
    if not sort.endswith("date"):
        return bool(_MOMENT.fullmatch(place.key))
    try:
        return date.fromisoformat(place.key).isoformat() == place.key
    except ValueError:
        return False
