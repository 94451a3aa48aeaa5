"""What differs between two tables: which observations are new, which are gone, which say something else.

Both are read once, side by side, in the order of their keys; neither is held in memory.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from portal.statistics.rows import Row

ADDED: Literal["added"] = "added"
REMOVED: Literal["removed"] = "removed"
CHANGED: Literal["changed"] = "changed"
Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class Change:
    """An observation that only one table has, or that both have with another value, status or note.

    ``before`` is None where it was added, ``after`` where it was removed.
    """

    key: str
    before: Row | None
    after: Row | None

    @property
    def kind(self) -> Kind:
        """Added, removed or changed."""
        if self.before is None:
            return ADDED
        return REMOVED if self.after is None else CHANGED


def changes(before: Iterable[Row], after: Iterable[Row]) -> Iterator[Change]:
    """The changes from one table to another, by key.

    Both have to be sorted by key as Python sorts texts, each key once (`Spool.by_key`; a database's own collation may
    sort otherwise). Raises ValueError where one is not. Rows of tables with other dimensions have other keys: all
    of the one are removed, all of the other added.
    """
    earlier, later = _ascending(before), _ascending(after)
    old, new = next(earlier, None), next(later, None)
    while old is not None or new is not None:
        if new is None or (old is not None and old.key < new.key):
            assert old is not None, "the loop goes on while there is one of the two"
            yield Change(old.key, old, None)
            old = next(earlier, None)
        elif old is None or new.key < old.key:
            yield Change(new.key, None, new)
            new = next(later, None)
        else:
            if old != new:
                yield Change(new.key, old, new)
            old, new = next(earlier, None), next(later, None)


def _ascending(rows: Iterable[Row]) -> Iterator[Row]:
    previous = None
    for row in rows:
        if previous is not None and previous >= row.key:
            raise ValueError(f"not sorted by key: {row.key} comes after {previous}")
        previous = row.key
        yield row
