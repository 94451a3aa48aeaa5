"""Lists of records, page by page, as the stored JSON texts: nothing is parsed and nothing is skipped when
records come and go.

Paging is by key set. An order by date runs through two parts, the dated and the undated, each along an index;
so nulls are last in both directions on every database.
"""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.db.models import Q, QuerySet

from portal.publication.models import CurrentRecord
from portal.publication.selectors.cursors import Place, decode, encode
from portal.publication.selectors.queries import RecordQuery
from portal.publication.selectors.records import FORMS

#: Sort key, uid and JSON text of a record.
_Row = tuple[Any, str, str]
_EDGE = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list: how many records the whole list has, the JSON text of each on this page, and cursors
    to the pages beside it.
    """

    count: int
    texts: list[str]
    next_cursor: str | None
    previous_cursor: str | None


def records_page(
    query: RecordQuery,
    *,
    limit: int = 20,
    cursor: str | None = None,
    form: str = "all",
    stamp: str | None = None,
) -> Page:
    """A page of at most ``limit`` records in one of `FORMS`; at most three queries.

    ``stamp`` is the head's: with it, a count is taken once as long as nothing changes. Raises `BadCursor`.
    """
    place = decode(cursor, query.sort) if cursor is not None else Place(True, None, _EDGE)
    rows = _walk(query, place, limit + 1, FORMS[form])
    more, rows = len(rows) > limit, rows[:limit]
    # A page that was reached by a cursor has something on the side that it was reached from.
    ahead, behind = (more, cursor is not None) if place.forward else (True, more)
    if not place.forward:
        rows.reverse()
    return Page(
        count=_count(query, stamp),
        texts=[text for _key, _uid, text in rows],
        next_cursor=_beyond(rows[-1:], query, forward=True) if ahead else None,
        previous_cursor=_beyond(rows[:1], query, forward=False) if behind else None,
    )


def _beyond(edge: list[_Row], query: RecordQuery, *, forward: bool) -> str:
    """The cursor to what lies beyond a page's first or last row; beyond an empty page, to the list's own
    edge.
    """
    if not edge:
        return encode(Place(forward, None, _EDGE), query.sort)
    key, uid, _text = edge[0]
    return encode(Place(forward, None if key is None else str(key), uid), query.sort)


def _walk(query: RecordQuery, place: Place, wanted: int, column: str) -> list[_Row]:
    """Up to ``wanted`` rows beyond a place, in the direction of reading."""
    descending = query.descending is place.forward
    parts = _parts(query)
    if not place.forward:
        parts.reverse()
    if place.uid != _EDGE and len(parts) == 2:
        undated_now = place.key is None
        parts = [part for part in parts if part.undated is undated_now or part.undated is place.forward]
    rows: list[_Row] = []
    for part in parts:
        here = place.uid != _EDGE and part.undated is (place.key is None)
        records = part.records.filter(_past(query.key, place, descending)) if here else part.records
        order = ["uid"] if part.undated else [query.key, "uid"]
        records = records.order_by(*(f"-{name}" for name in order) if descending else order)
        rows += records.values_list(query.key, "uid", column)[: wanted - len(rows)]
        if len(rows) >= wanted:
            break
    return rows


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of the list that one index runs through."""

    records: QuerySet[CurrentRecord]
    undated: bool


def _parts(query: RecordQuery) -> list[_Part]:
    selection = query.selection()
    if query.key != "sort_date":
        return [_Part(selection, undated=False)]
    return [
        _Part(selection.filter(sort_date__isnull=False), undated=False),
        _Part(selection.filter(sort_date__isnull=True), undated=True),
    ]


def _past(key: str, place: Place, descending: bool) -> Q:
    comparison = "lt" if descending else "gt"
    by_uid = {f"uid__{comparison}": place.uid}
    if place.key is None:
        return Q(**by_uid)
    # The first condition says no more than the second, but an index can begin with it.
    return Q(**{f"{key}__{comparison}e": place.key}) & (
        Q(**{f"{key}__{comparison}": place.key}) | Q(**{key: place.key}, **by_uid)
    )


_counts: OrderedDict[tuple[str, RecordQuery], int] = OrderedDict()
_counts_lock = Lock()
_COUNTS_KEPT = 512


def _count(query: RecordQuery, stamp: str | None) -> int:
    """How many records a query selects.

    Kept per stamp: it was read before the count was taken, so what is kept under it is never older than it,
    and a stamp that has passed is never asked for again.
    """
    known = (stamp or "", query)
    if stamp is not None and (count := _counts.get(known)) is not None:
        return count
    count = query.selection().count()
    if stamp is not None:
        with _counts_lock:
            _counts[known] = count
            while len(_counts) > _COUNTS_KEPT:
                _counts.popitem(last=False)
    return count
