"""What differs between two tables: observations added, removed and changed, found by their keys.

A change is told with both sides whole: a value whose status or note alone is another one has changed, too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc

from portal.statistics.columns import dimensions_of, to_rows
from portal.statistics.rows import Row

#: What one observation says besides its key.
_SAID = ("value", "status", "note_zh", "note_en")
Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class Difference:
    """An observation that is not the same in two tables; a side is None where it has no such observation."""

    kind: Kind
    before: Row | None
    after: Row | None

    @property
    def key(self) -> str:
        """The observation's key."""
        side = self.before or self.after
        return side.key if side else ""


@dataclass(frozen=True, slots=True)
class Differences:
    """The places of what differs: changed and removed in the order of the earlier table, then added in the order of the
    later one. ``partners`` are the places of the changed ones in the later table.
    """

    earlier: pa.Table
    later: pa.Table
    changed: pa.Array
    partners: pa.Array
    removed: pa.Array
    added: pa.Array

    def __len__(self) -> int:
        return len(self.changed) + len(self.removed) + len(self.added)

    @property
    def counts(self) -> dict[Kind, int]:
        """How many differences there are of each kind."""
        return {"added": len(self.added), "removed": len(self.removed), "changed": len(self.changed)}

    def page(self, first: int, limit: int) -> list[Difference]:
        """Some differences, from the ``first`` (counted from 0) on: the changed, the removed, then the added ones."""
        found: list[Difference] = []
        changed, removed, added = (_part(first, limit, sizes) for sizes in self._spans())
        before = _rows(self.earlier, self.changed.slice(*changed))
        after = _rows(self.later, self.partners.slice(*changed))
        found += [Difference("changed", *pair) for pair in zip(before, after, strict=True)]
        found += [Difference("removed", row, None) for row in _rows(self.earlier, self.removed.slice(*removed))]
        found += [Difference("added", None, row) for row in _rows(self.later, self.added.slice(*added))]
        return found

    def _spans(self) -> Iterator[tuple[int, int]]:
        """Where the differences of each kind begin and end among all."""
        begin = 0
        for places in (self.changed, self.removed, self.added):
            yield begin, begin + len(places)
            begin += len(places)


def differences(earlier: pa.Table, later: pa.Table) -> Differences:
    """What differs from one table to another. Dimensions that are not the same make every key another one."""
    old_keys, new_keys = _keys(earlier), _keys(later)
    found = pc.index_in(old_keys, value_set=new_keys)
    kept = pc.indices_nonzero(pc.is_valid(found))
    partners = pc.take(found, kept)
    unequal: Any = None
    for name in _SAID:
        sides = (_texts(earlier, name, kept), _texts(later, name, partners))
        differs = pc.not_equal(*sides)
        unequal = differs if unequal is None else pc.or_(unequal, differs)
    places = pc.indices_nonzero(unequal)
    return Differences(
        earlier,
        later,
        changed=pc.take(kept, places),
        partners=pc.take(partners, places),
        removed=pc.indices_nonzero(pc.is_null(found)),
        added=pc.indices_nonzero(pc.invert(pc.is_in(new_keys, value_set=old_keys))),
    )


def _keys(columns: pa.Table) -> pa.Array:
    names = ("measure", *dimensions_of(columns), "period")
    parts = [columns.column(name).cast(pa.string()).combine_chunks() for name in names]
    return pc.binary_join_element_wise(*parts, ".")


def _texts(columns: pa.Table, name: str, places: pa.Array) -> pa.Array:
    """The texts of a column at these places; what is null is told from what is empty."""
    texts = columns.column(name).cast(pa.string()).combine_chunks().take(places)
    return pc.coalesce(pc.binary_join_element_wise("=", texts, ""), "")


def _rows(columns: pa.Table, places: pa.Array) -> list[Row]:
    return list(to_rows(columns.take(places)))


def _part(first: int, limit: int, span: tuple[int, int]) -> tuple[int, int]:
    """The offset and length, within a span, of what lies in the page."""
    begin, end = max(first, span[0]), min(first + limit, span[1])
    return begin - span[0] if begin < end else 0, max(0, end - begin)
