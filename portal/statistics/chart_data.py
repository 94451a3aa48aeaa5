"""The observations of a chart as its data: one datum for each, with names in a language, and the names in their order.

A datum has the chart's categories by their names, ``value`` (a number, null if missing), ``value_text`` (what stands
beside the mark), ``label_at`` (the value, zero if missing), ``in_words`` (all of it in words) and, along the periods,
``first_day`` (days since the year 1). A dataset's own columns have no underscore in their names, so none is in the way.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import pgettext

from portal.core.languages import CHINESE, text
from portal.core.periods import parse_period
from portal.statistics.charts import ASCENDING, DECLARED, MEASURE, PERIOD, Chart
from portal.statistics.labels import label_rows
from portal.statistics.rows import Row
from portal.statistics.status import NORMAL
from portal.statistics.units import MINUS, grouped, quantity_label, unit_label

Datum = dict[str, Any]
_BETWEEN = " · "


@dataclass(frozen=True)
class Category:
    """What an axis or the colours show: the field of the data, its title, and its names in the order to draw them."""

    field: str
    title: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class ChartData:
    """What a chart shows: a datum for each observation, the categories, and the title of the axis of the values.

    ``days`` has the first day of each period by its name, ``period`` the period of all observations if it is the same.
    """

    values: list[Datum]
    axis: Category
    colour: Category | None
    value_title: str
    days: Mapping[str, int]
    period: str | None


def chart_data(
    chart: Chart,
    rows: Sequence[Row],
    dimensions: Sequence[Mapping[str, Any]],
    measures: Sequence[Mapping[str, Any]],
    language: str,
) -> ChartData:
    """The data of the observations that a chart draws. ``dimensions`` and ``measures`` are those of the dataset's
    document. Texts of the interface are in the active language, which is to be the same.
    """
    columns = {each["code"]: each for each in dimensions}
    flat = label_rows(rows, dimensions, measures, language)
    periods = sorted({row.period for row in rows}, key=parse_period)
    order = {PERIOD: periods, MEASURE: chart.measures} | {code: chart.codes[code] for code in columns}
    titles = {PERIOD: pgettext("column", "Period"), MEASURE: pgettext("column", "Measure")}
    titles |= {code: text(column["label"], language) for code, column in columns.items()}
    names = {category: _names(category, order[category], flat) for category in chart.categories}
    values = [_datum(chart, row, each, names, language) for row, each in zip(rows, flat, strict=True)]
    drawn = {
        category: Category(category, titles[category], tuple(of[code] for code in order[category] if code in of))
        for category, of in names.items()
    }
    axis = drawn[chart.category]
    if chart.sort != DECLARED and axis.field != PERIOD:
        axis = Category(axis.field, axis.title, _by_value(axis, values, ascending=chart.sort == ASCENDING))
    return ChartData(
        values=values,
        axis=axis,
        colour=drawn[chart.colour] if chart.colour else None,
        value_title=_value_title(chart, measures, language),
        days={names[PERIOD][code]: parse_period(code).start.toordinal() for code in periods} if PERIOD in names else {},
        period=periods[0] if len(periods) == 1 else None,
    )


def _names(category: str, codes: Iterable[str], flat: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Code → name of the codes that there are; one that is called as another has its code behind it."""
    labels = {each[category]: each["labels"][category] for each in flat}
    taken: set[str] = set()
    names = {}
    for code in codes:
        if code in labels:
            names[code] = f"{labels[code]} ({code})" if labels[code] in taken else labels[code]
            taken.add(names[code])
    return names


def _datum(
    chart: Chart, row: Row, flat: Mapping[str, Any], names: Mapping[str, Mapping[str, str]], language: str
) -> Datum:
    datum: Datum = {category: names[category][flat[category]] for category in chart.categories}
    value = None if row.value is None else float(row.value)
    about = pgettext("before a number", "about ") if row.status == "approximate" else ""
    if row.value is None:
        shown, said = flat["labels"]["status"], flat["labels"]["status"]
    else:
        shown = about + grouped(row.value).replace("-", MINUS)
        quantity = quantity_label(row.value, chart.unit, language)
        said = about + (MINUS + quantity[1:] if row.value.startswith("-") else quantity)
        if row.status not in (NORMAL, "approximate"):
            said += f" ({flat['labels']['status']})"
    marked = _BETWEEN.join(str(each) for each in datum.values())
    if chart.category == PERIOD:
        datum["first_day"] = parse_period(row.period).start.toordinal()
    colon = "：" if language == CHINESE else ": "
    return datum | {
        "value": value,
        "value_text": shown,
        "label_at": value or 0.0,
        "in_words": f"{marked}{colon}{said}",
    }


def _by_value(category: Category, values: Iterable[Datum], *, ascending: bool) -> tuple[str, ...]:
    """The names by the sum of their values, those of the same sum as declared."""
    sums: defaultdict[str, float] = defaultdict(float)
    for datum in values:
        sums[datum[category.field]] += datum["label_at"]
    return tuple(sorted(category.names, key=lambda name: sums[name] if ascending else -sums[name]))


def _value_title(chart: Chart, measures: Iterable[Mapping[str, Any]], language: str) -> str:
    """What is counted, and in which unit."""
    unit = unit_label(chart.unit, language)
    if len(chart.measures) > 1:
        return unit[:1].upper() + unit[1:]
    measure = next(text(each["label"], language) for each in measures if each["code"] == chart.measures[0])
    if measure.casefold() == unit.casefold():
        return measure
    return f"{measure}（{unit}）" if language == CHINESE else f"{measure} ({unit})"
