"""Lists of records, page by page, as the stored JSON texts: nothing is parsed and nothing is skipped when
records come and go.

Paging is by key set. An order by date runs through two parts, the dated and the undated, each along an index;
so nulls are last in both directions on every database.
"""

import functools
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q

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
    # The dated and the undated: each a stretch of the list that one index runs through.
    stretches = [False, True] if query.key == "sort_date" else [False]
    if not place.forward:
        stretches.reverse()
    if place.uid != _EDGE and len(stretches) == 2:
        undated_now = place.key is None
        stretches = [undated for undated in stretches if undated is undated_now or undated is place.forward]
    rows: list[_Row] = []
    for undated in stretches:
        rows += _rows(_statement(query, place, undated, wanted - len(rows), column))
        if len(rows) >= wanted:
            break
    return rows


@functools.lru_cache(maxsize=512)
def _statement(
    query: RecordQuery, place: Place, undated: bool, limit: int, column: str
) -> tuple[str, tuple[Any, ...]] | None:
    """The SQL of a stretch and its parameters; None where nothing can be in it.

    Kept, because the ORM takes longer to write it than the database to answer, and it says nothing of what the
    database holds.
    """
    descending = query.descending is place.forward
    records = query.selection()
    if query.key == "sort_date":
        records = records.filter(sort_date__isnull=undated)
    if place.uid != _EDGE and undated is (place.key is None and query.key == "sort_date"):
        records = records.filter(_past(query.key, place, descending))
    order = ["uid"] if undated else [query.key, "uid"]
    records = records.order_by(*(f"-{name}" for name in order) if descending else order)
    try:
        return records.values_list(query.key, "uid", column)[:limit].query.sql_with_params()
    except EmptyResultSet:
        return None


def _rows(statement: tuple[str, tuple[Any, ...]] | None) -> list[_Row]:
    if statement is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(*statement)
        return cursor.fetchall()


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
