"""The charts that a dataset declares: pictures over its own columns, chosen from a small closed set.

| member | what it says |
|---|---|
| ``mark`` | ``bar``, ``line``, ``point`` or ``area``; lines and areas go along the periods |
| ``measures`` | what is drawn, all of one unit |
| ``x``, ``y`` | one of them ``value``, the other a *category*: ``period``, ``measure`` or a dimension |
| ``colour`` | another category, or null |
| ``filters`` | dimensions with those of their codes that are drawn |
| ``sort`` | the categories ``declared``, or by their value ``descending`` or ``ascending`` |
| ``stacked`` | whether the bars of several colours stand on each other; areas always do |

Every mark is one observation. So what is no category of a chart is fixed: a dimension by a filter to one code; of the
periods the latest is drawn.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core.periods import parse_period
from portal.statistics.palette import MOST_COLOURS
from portal.statistics.rows import Row
from portal.statistics.structure import Structure, StructureError

PERIOD, MEASURE, VALUE = "period", "measure", "value"
BAR, LINE, POINT, AREA = MARKS = ("bar", "line", "point", "area")
DECLARED, DESCENDING, ASCENDING = SORTS = ("declared", "descending", "ascending")

#: Observations that a chart draws, and bars that it has, at most.
MOST_OBSERVATIONS, MOST_BARS = 5000, 120
#: Names that a message lists.
_LISTED = 20


class ChartError(StructureError):
    """A chart that cannot be drawn, as it is declared or from the observations that there are."""


class NothingToDraw(ChartError):
    """A chart of observations that are all missing: it is declared well, and drawn once there is a value."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A declared chart that fits its dataset's structure.

    ``codes`` has the codes that are drawn of every dimension, in their declared order; ``unit`` is the measures'.
    """

    mark: str
    measures: tuple[str, ...]
    unit: str
    x: str
    y: str
    colour: str | None
    codes: Mapping[str, tuple[str, ...]]
    sort: str
    stacked: bool

    @property
    def category(self) -> str:
        """What stands along the axis that the values do not."""
        return self.y if self.x == VALUE else self.x

    @property
    def categories(self) -> tuple[str, ...]:
        """What tells the marks apart: the axis' category, then the colours'."""
        return (self.category, self.colour) if self.colour else (self.category,)

    @property
    def is_horizontal(self) -> bool:
        """Whether values go along x, so that bars lie."""
        return self.x == VALUE

    @property
    def fixed(self) -> dict[str, str]:
        """Each dimension of which one code alone is drawn, with this code."""
        return {dimension: codes[0] for dimension, codes in self.codes.items() if len(codes) == 1}

    def has(self, row: Row) -> bool:
        """Whether an observation may be drawn, whatever its period."""
        return row.measure in self.measures and all(row.dimensions[name] in codes for name, codes in self.codes.items())


def read_chart(declared: Mapping[str, Any], structure: Structure) -> Chart:
    """The chart that a member of a document's ``charts`` declares.

    Raises `ChartError` for one that no observations of the structure could make: what is not declared, marks that would
    lie on each other, values of several units.
    """
    measures = _measures(declared["measures"], structure)
    codes = _codes(declared["filters"], structure)
    categories = _categories(declared, structure)
    for dimension, drawn in codes.items():
        if dimension not in categories and len(drawn) > 1:
            raise ChartError(
                _("“%(code)s” is neither on an axis nor shown by colour: choose one of its codes as a filter."),
                code=dimension,
            )
    if len(measures) > 1 and MEASURE not in categories:
        raise ChartError(_("Several measures are drawn: put “measure” on an axis, or show it by colour."))
    mark, is_along_periods = declared["mark"], (declared["x"], declared["y"]) == (PERIOD, VALUE)
    if mark not in MARKS:
        raise ChartError(_("“%(code)s” is not a mark of a chart."), code=str(mark)[:64])
    if mark in (LINE, AREA) and not is_along_periods:
        raise ChartError(_("Lines and areas need “period” as x and “value” as y."))
    chart = Chart(
        mark=mark,
        measures=measures,
        unit=structure.unit_of(measures[0]),
        x=declared["x"],
        y=declared["y"],
        colour=declared["colour"],
        codes=codes,
        sort=declared["sort"],
        stacked=bool(declared["colour"]) and (mark == AREA or (mark == BAR and declared["stacked"])),
    )
    if chart.colour and chart.colour != PERIOD:
        _check_colours(len(measures if chart.colour == MEASURE else codes[chart.colour]))
    return chart


def drawn(chart: Chart, rows: Iterable[Row]) -> list[Row]:
    """The observations that a chart draws, out of those that it may: where it shows no periods, those of the latest.

    Raises `ChartError` where they make no chart: none that has a value, too many, a line of one period or of periods
    that overlap.
    """
    found = list(rows)
    if PERIOD not in chart.categories and found:
        latest = max(found, key=lambda row: _by_end(row.period)).period
        found = [row for row in found if row.period == latest]
    if all(row.value is None for row in found):
        raise NothingToDraw(_("The table has no value to draw."))
    if len(found) > MOST_OBSERVATIONS:
        raise ChartError(_("A chart draws at most %(most)d observations. Choose fewer codes."), most=MOST_OBSERVATIONS)
    if chart.mark == BAR and len(found) > MOST_BARS:
        raise ChartError(_("A chart has at most %(most)d bars. Choose fewer codes."), most=MOST_BARS)
    periods = sorted({parse_period(row.period) for row in found})
    if chart.colour == PERIOD:
        _check_colours(len(periods))
    if chart.mark in (LINE, AREA):
        if len(periods) < 2:
            raise ChartError(_("A line or an area needs at least two periods. Draw bars of one."))
        if any(earlier.end >= later.start for earlier, later in pairwise(periods)):
            raise ChartError(_("Periods that overlap cannot be joined by a line. Draw bars or points of them."))
    return found


def _measures(given: Sequence[str], structure: Structure) -> tuple[str, ...]:
    if not given:
        raise ChartError(_("A chart needs a measure."))
    for code in given:
        _known(code, [measure.code for measure in structure.measures], _("measures"))
    if len(set(given)) < len(given):
        raise ChartError(_("A measure is named twice."))
    if len({structure.unit_of(code) for code in given}) > 1:
        raise ChartError(_("The measures are not counted in the same unit."))
    return tuple(measure.code for measure in structure.measures if measure.code in given)


def _codes(filters: Sequence[Mapping[str, Any]], structure: Structure) -> dict[str, tuple[str, ...]]:
    """The codes to draw of every dimension, in declared order."""
    chosen: dict[str, Sequence[str]] = {}
    for each in filters:
        _known(each["dimension"], structure.dimension_codes, _("filter"))
        if each["dimension"] in chosen:
            raise ChartError(_("Two filters concern “%(code)s”."), code=each["dimension"])
        chosen[each["dimension"]] = each["codes"]
    codes = {}
    for dimension in structure.dimensions:
        wanted = chosen.get(dimension.code, dimension.codes)
        for code in wanted:
            _known(code, dimension.codes, dimension.code)
        codes[dimension.code] = tuple(code for code in dimension.codes if code in wanted)
        if not codes[dimension.code]:
            raise ChartError(_("The filter of “%(code)s” lets nothing through."), code=dimension.code)
    return codes


def _categories(declared: Mapping[str, Any], structure: Structure) -> set[str]:
    """What the axis and the colours show; the values are on the other axis."""
    known = [PERIOD, MEASURE, *structure.dimension_codes]
    axes = (declared["x"], declared["y"])
    if axes.count(VALUE) != 1:
        raise ChartError(_("One of x and y is “value”, and the other is not."))
    category = next(axis for axis in axes if axis != VALUE)
    _known(category, known, "y" if declared["x"] == VALUE else "x")
    if declared["colour"] is None:
        return {category}
    _known(declared["colour"], known, _("colour"))
    if declared["colour"] == category:
        raise ChartError(_("“%(code)s” is on an axis already. Colour shows something else, or nothing."), code=category)
    return {category, declared["colour"]}


def _known(code: str | None, allowed: Sequence[str], of: str | Promise) -> None:
    if code not in allowed:
        more = ", …" if len(allowed) > _LISTED else ""
        raise ChartError(
            _("“%(code)s” (%(of)s) is not declared. Allowed: %(allowed)s."),
            code=str(code or "")[:64],
            of=of,
            allowed=", ".join(allowed[:_LISTED]) + more,
        )


def _check_colours(count: int) -> None:
    if count > MOST_COLOURS:
        raise ChartError(_("At most %(most)d codes can be told apart by colour. Choose fewer."), most=MOST_COLOURS)


def _by_end(code: str) -> tuple[date, date]:
    period = parse_period(code)
    return period.end, period.start
