"""The table of a month that may be published: what was counted, its totals, nothing that tells of a few cases. Pure.

Three tables of counts stand behind it, and cells are hidden in each (`suppression`): *received*; *closed*, which alone
is split by outcome; and *due*, split into in time and late. No sum ties one to another. A share or a median is shown
only where every count that it is made of is: then it tells nothing of others. What a kind adds up over closed cases is
a table of its own, whose small cells are hidden too, and those whose number of closed cases is.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from portal.cases.counts.counting import Counts
from portal.cases.counts.grouping import OUTCOME, Codes
from portal.cases.counts.suppression import Axis, Cell, sums, suppressed, with_totals
from portal.cases.counts.timeliness import IN_TIME, LATE

#: The code for all the codes of a dimension.
TOTAL = "total"
_TIMELINESS = Axis((IN_TIME, LATE), "due")


class Measure(StrEnum):
    """What is told of a month."""

    RECEIVED = "received"
    CLOSED = "closed"
    #: Cases whose time limit ended in the month, and those of them that were closed by then, or not.
    DUE = "due"
    IN_TIME = "in-time"
    LATE = "late"
    #: Per cent of the due ones, with one decimal.
    IN_TIME_SHARE = "in-time-share"
    #: Days from receipt to closing.
    MEDIAN_DAYS = "median-days"


@dataclass(frozen=True)
class Figure:
    """A cell of the table: codes along the dimensions, and a value; None where it is ``hidden``, or where there is
    nothing to take a share or a median of. ``measure`` is a `Measure`, or the code of a sum that the kind declares.
    """

    measure: str
    codes: Codes
    value: Decimal | None
    hidden: bool = False


@dataclass(frozen=True)
class Dimension:
    """A dimension with the codes that a table has for it, `TOTAL` among them where it has totals."""

    name: str
    codes: tuple[str, ...]

    @property
    def axis(self) -> Axis:
        """Its codes, and their total."""
        parts = tuple(code for code in self.codes if code != TOTAL)
        return Axis(parts, TOTAL if TOTAL in self.codes else None)


class CodeMissing(ValueError):
    """A table has no code for cases that were counted: its sums would not be theirs."""

    def __init__(self, dimension: str, code: str) -> None:
        super().__init__(f"{dimension}: {code}")
        self.dimension, self.code = dimension, code


@dataclass(frozen=True)
class _Part:
    """One table of counts with all its cells, and which of them are hidden."""

    axes: Sequence[Axis]
    cells: Mapping[Cell, int]
    hidden: frozenset[Cell]

    def figure(self, measure: str, cell: Cell, codes: Codes) -> Figure:
        is_hidden = cell in self.hidden
        return Figure(measure, codes, None if is_hidden else Decimal(self.cells[cell]), is_hidden)


def tabulated(
    counts: Counts,
    dimensions: Sequence[Dimension],
    *,
    threshold: int,
    already: Collection[tuple[str, Codes]] = (),
) -> list[Figure]:
    """Every figure of a month, for the dimensions of its counts in their order.

    Only figures of closed cases have an outcome; the others stand at its `TOTAL`, if there is one, and are left out
    otherwise. ``already`` are measures and codes that were hidden before, and stay so. Raises `CodeMissing`.
    """
    _check_codes(counts, dimensions)
    outcome = next((place for place, each in enumerate(dimensions) if each.name == OUTCOME), None)
    axes = [each.axis for each in dimensions]
    plain = [axis for place, axis in enumerate(axes) if place != outcome]
    closed_counts = {codes: sum(days.values()) for codes, days in counts.closed.items()}
    closed = _part(closed_counts, axes, threshold, _before(already, {Measure.CLOSED: ()}))
    figures = list(_closed(closed, counts))
    for code, parts in counts.sums.items():
        added = _part(parts, axes, threshold, _before(already, {code: ()}) | closed.hidden)
        figures += [added.figure(code, cell, cell) for cell in added.cells]
    if outcome is not None and axes[outcome].total is None:
        return figures
    received = _part(counts.received, plain, threshold, _before(already, {Measure.RECEIVED: ()}, outcome))
    timely: Mapping[str, Codes] = {Measure.DUE: ("due",), Measure.IN_TIME: (IN_TIME,), Measure.LATE: (LATE,)}
    due = _part(counts.timeliness, [*plain, _TIMELINESS], threshold, _before(already, timely, outcome))
    for cell in received.cells:
        codes = cell if outcome is None else (*cell[:outcome], TOTAL, *cell[outcome:])
        figures.append(received.figure(Measure.RECEIVED, cell, codes))
        three = {measure: due.figure(measure, cell + code, codes) for measure, code in timely.items()}
        figures += [*three.values(), _share(three)]
    return figures


def median(days: Mapping[int, int]) -> Decimal | None:
    """The median of numbers, each with how many times it is there: the mean of the middle two where they are even in
    number; None of none.
    """
    count = sum(days.values())
    if not count:
        return None
    middle = [_at(days, (count - 1) // 2), _at(days, count // 2)]
    return Decimal(sum(middle)) / 2


def _at(days: Mapping[int, int], place: int) -> int:
    for number in sorted(days):
        place -= days[number]
        if place < 0:
            return number
    raise IndexError(place)


def _check_codes(counts: Counts, dimensions: Sequence[Dimension]) -> None:
    for place, dimension in enumerate(dimensions):
        for codes in counts.closed:
            if codes[place] not in dimension.axis.codes:
                raise CodeMissing(dimension.name, codes[place])
    plain = [each for each in dimensions if each.name != OUTCOME]
    for place, dimension in enumerate(plain):
        for codes in (*counts.received, *counts.timeliness):
            if codes[place] not in dimension.axis.codes:
                raise CodeMissing(dimension.name, codes[place])


def _part(parts: Mapping[Codes, int], axes: Sequence[Axis], threshold: int, already: Collection[Cell]) -> _Part:
    cells = with_totals(parts, axes)
    return _Part(axes, cells, suppressed(cells, axes, threshold=threshold, already=already))


def _before(
    already: Collection[tuple[str, Codes]], measures: Mapping[str, Codes], outcome: int | None = None
) -> set[Cell]:
    """The cells that were hidden before under some measures: without the outcome, if its place is given, and with the
    code that each measure stands for.
    """
    return {
        tuple(code for place, code in enumerate(codes) if place != outcome) + measures[measure]
        for measure, codes in already
        if measure in measures
    }


def _closed(part: _Part, counts: Counts) -> Iterator[Figure]:
    """Closed cases and the median of their days."""
    days: defaultdict[Cell, Counter[int]] = defaultdict(Counter)
    for codes, each in counts.closed.items():
        for cell in sums(codes, part.axes):
            days[cell].update(each)
    for cell in part.cells:
        yield part.figure(Measure.CLOSED, cell, cell)
        is_hidden = cell in part.hidden
        yield Figure(Measure.MEDIAN_DAYS, cell, None if is_hidden else median(days[cell]), is_hidden)


def _share(three: Mapping[str, Figure]) -> Figure:
    codes = three[Measure.DUE].codes
    if any(figure.hidden for figure in three.values()):
        return Figure(Measure.IN_TIME_SHARE, codes, None, hidden=True)
    due, in_time = three[Measure.DUE].value, three[Measure.IN_TIME].value
    if not due or in_time is None:
        return Figure(Measure.IN_TIME_SHARE, codes, None)
    share = (100 * in_time / due).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Figure(Measure.IN_TIME_SHARE, codes, share)
