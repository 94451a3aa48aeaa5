"""Which cells of a table of counts are not published, so that nobody learns of a few cases. Pure.

A cell is *small* if it counts from 1 to the threshold, the threshold included: with 3, a count that goes from 2 to 3
says no more than before, and it takes a fourth case to show one. A zero is published: there is nobody whom it tells
of, and a reader who may take every hidden cell for at least 1 is reckoned with below.

A small cell alone could be had by subtraction, so others are hidden with it, by the hypercube method of official
statistics (S. Giessing and D. Repsilber, 2002): with each small cell go the corners of a box, along every axis that has
a total the cell and one other place, which may be the total itself. Adding 1 at the cell and going round the corners,
with the sign that keeps each sum, gives another table with the same published cells. So whatever a reader works out of
what is published, this is left:

- no hidden cell is known;
- a small cell could be above the threshold, so it cannot be told from one that was hidden for its sake;

even if the reader knows that no hidden cell is zero. A box is always found: that of the totals is one.

The cells that are hidden are the fewest cases that a greedy search finds, not the fewest possible. What is not reckoned
with: that the reader knows some of the cases, or tries this program on every table that it might have been.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import inf

#: A code along each axis.
Cell = tuple[str, ...]


@dataclass(frozen=True)
class Axis:
    """The codes along an axis, none of which overlap, and the code of their total; None where there is none."""

    codes: tuple[str, ...]
    total: str | None = None

    @property
    def places(self) -> tuple[str, ...]:
        """The codes with the total."""
        return self.codes if self.total is None else (*self.codes, self.total)


@dataclass(frozen=True)
class _Box:
    """Cells that can move together: the first ones up when the cell up for which it was made does, the others down."""

    up: tuple[Cell, ...]
    down: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        return self.up + self.down


def with_totals(parts: Mapping[Cell, int], axes: Sequence[Axis]) -> dict[Cell, int]:
    """Every cell of the table, zeros and totals included, from the counts of its parts. Raises KeyError for a part that
    no axis has a code for.
    """
    cells = dict.fromkeys(product(*(axis.places for axis in axes)), 0)
    for part, count in parts.items():
        for cell in sums(part, axes):
            cells[cell] += count
    return cells


def sums(part: Cell, axes: Sequence[Axis]) -> Iterator[Cell]:
    """The cells that a part counts in: its own and the totals. Raises KeyError as `with_totals` does."""
    places = []
    for code, axis in zip(part, axes, strict=True):
        if code not in axis.codes:
            raise KeyError(code)
        places.append((code,) if axis.total is None else (code, axis.total))
    return product(*places)


def suppressed(
    cells: Mapping[Cell, int], axes: Sequence[Axis], *, threshold: int, already: Collection[Cell] = ()
) -> frozenset[Cell]:
    """The cells that are not published. ``cells`` is the whole table, as `with_totals` makes it.

    ``already`` are cells that an earlier version of the table did not publish. They stay hidden as long as they are not
    zero: the difference between two versions would tell of them otherwise.
    """
    before = set(already)
    hidden = {cell for cell, count in cells.items() if 0 < count <= threshold or (count and cell in before)}
    for cell in sorted(hidden, key=lambda each: (cells[each], each)):
        box = min(
            (box for box in _boxes(cell, cells, axes) if _protects(box, cell, cells, threshold)),
            key=lambda box: _cost(box, cells, hidden),
        )
        hidden.update(box.cells)
    return frozenset(hidden)


def _boxes(cell: Cell, cells: Mapping[Cell, int], axes: Sequence[Axis]) -> Iterable[_Box]:
    """Every box with a cell for its first corner and no empty corner."""
    partners = [
        [None] if axis.total is None else [place for place in axis.places if place != code]
        for code, axis in zip(cell, axes, strict=True)
    ]
    for opposite in product(*partners):
        sides = [
            ((code, 1),) if other is None else ((code, 1), (other, 1 if axis.total in (code, other) else -1))
            for code, other, axis in zip(cell, opposite, axes, strict=True)
        ]
        up, down = [], []
        for corner in product(*sides):
            sign = 1
            for _code, each in corner:
                sign *= each
            (up if sign > 0 else down).append(tuple(code for code, _sign in corner))
        if all(cells[corner] for corner in (*up, *down)):
            yield _Box(tuple(up), tuple(down))


def _protects(box: _Box, cell: Cell, cells: Mapping[Cell, int], threshold: int) -> bool:
    """Whether the corners leave the cell more than one value, and a small one some above the threshold, with every
    corner at least 1.
    """
    higher = min((cells[corner] for corner in box.down), default=inf) - 1
    lower = min(cells[corner] for corner in box.up) - 1
    if cells[cell] <= threshold:
        return cells[cell] + higher > threshold
    return higher + lower > 0


def _cost(box: _Box, cells: Mapping[Cell, int], hidden: Collection[Cell]) -> tuple[int, tuple[Cell, ...]]:
    """How many cases a box hides besides those that are; the corners decide between equals, so that the same table
    always hides the same cells.
    """
    return sum(cells[corner] for corner in box.cells if corner not in hidden), box.cells
