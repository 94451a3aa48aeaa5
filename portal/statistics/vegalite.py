"""A chart as a Vega-Lite specification, labels in one language, the observations inside it.

Values stand in it as numbers for the drawing; what is read is text made of the exact decimals. The size of the picture
follows from the chart and its observations, so that a page can leave room for it before it is drawn.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import override

from portal.core.languages import DJANGO_CODES
from portal.statistics.chart_data import Category, ChartData, chart_data
from portal.statistics.chart_style import (
    BETWEEN_BARS,
    CONFIG,
    DASHES,
    LINE_HEIGHT,
    SEAM,
    SHAPES,
    SIZE,
    SMALL,
    THICK,
    THINNER,
    TITLE,
    Layout,
)
from portal.statistics.charts import AREA, BAR, LINE, POINT, Chart
from portal.statistics.lettering import font, wrapped
from portal.statistics.palette import INK, PAPER, SERIES
from portal.statistics.rows import Row

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
#: So many values have their number beside them.
_MOST_NUMBERED = 40
_SQUARE = {"symbolType": "square"}

Spec = dict[str, Any]


@dataclass(frozen=True)
class Picture:
    """A specification, the size of its picture in pixels, and the period of all that it shows if it is one."""

    spec: Spec
    width: int
    height: int
    period: str | None


def picture(
    chart: Chart,
    rows: Sequence[Row],
    *,
    dimensions: Sequence[Mapping[str, Any]],
    measures: Sequence[Mapping[str, Any]],
    language: str,
    layout: Layout,
    heading: Sequence[str],
    description: str,
) -> Picture:
    """The picture of the observations that a chart draws (`portal.statistics.charts.drawn`).

    ``dimensions`` and ``measures`` are those of the dataset's document; ``heading`` has the title and what stands below
    it, a line each; ``description`` says in words what the chart shows.
    """
    with override(DJANGO_CODES[language]):
        data = chart_data(chart, rows, dimensions, measures, language)
    return _Drawing(chart, data, layout).picture(heading, description)


class _Drawing:
    """What is being drawn, and how much room it takes."""

    def __init__(self, chart: Chart, data: ChartData, layout: Layout) -> None:
        self.chart, self.data, self.layout = chart, data, layout
        self.beside = len(data.colour.names) if data.colour and not chart.stacked and chart.mark == BAR else 1
        self.values = [datum["value"] for datum in data.values if datum["value"] is not None]
        self.numbers_width = max(_width(_number(value), SMALL) for value in self.values) + 16

    @cached_property
    def names(self) -> dict[str, list[str]]:
        """The names along the axis, in lines."""
        if self.chart.is_horizontal:
            above = self.layout.names_above
            return _in_lines(self.data.axis, self.layout.inner_width if above else 0.32 * self.layout.inner_width)
        # Along the days some names are left out where they would touch.
        shown = min(len(self.data.axis.names), 6) if self._is_along_days else len(self.data.axis.names)
        return _in_lines(self.data.axis, max(self.plot / shown - 8, 2 * SIZE))

    @cached_property
    def plot(self) -> float:
        """How wide the plot is, about."""
        beside = self.numbers_width
        if self.chart.is_horizontal:
            lines = [] if self.layout.names_above else sum(self.names.values(), [])
            beside = max((_width(line, SIZE) for line in lines), default=0)
        return self.layout.inner_width - 8 - beside

    def picture(self, heading: Sequence[str], description: str) -> Picture:
        """The picture and its size."""
        axes, height = self._lying() if self.chart.is_horizontal else self._standing()
        encoding = axes | self._colours() | {"description": {"field": "in_words"}, "tooltip": {"field": "in_words"}}
        legend_rows = self._legend_rows()
        height += legend_rows * (LINE_HEIGHT + 4) + (34 if legend_rows else 0) + 2 * self.layout.padding
        spec: Spec = {
            "$schema": SCHEMA,
            "description": description,
            "background": PAPER[0],
            "padding": self.layout.padding,
            "autosize": {"type": "fit", "contains": "padding"},
            "width": self.layout.width,
            "data": {"values": self.data.values},
            "encoding": encoding,
            "layer": [{"mark": self._mark()}, *([self._numbers()] if self._is_numbered else [])],
            "config": CONFIG,
        }
        if self.layout.has_title:
            title, *below = (wrapped(each, size, self.layout.inner_width) for each, size in _sized(heading))
            lines = [line for each in below for line in each]
            spec["title"] = {"text": title, "subtitle": lines}
            height += len(title) * (TITLE + 6) + len(lines) * (SIZE + 6) + 16
        spec["height"] = height
        return Picture(spec, self.layout.width, height, self.data.period)

    def _lying(self) -> tuple[Spec, int]:
        """The axes where values go to the right, and the height that they take."""
        axis, lines, above = self.data.axis, self.names, self.layout.names_above
        most = max(map(len, lines.values()))
        if above:
            lines = {name: [""] * (most - len(each)) + each for name, each in lines.items()}
        bars = THICK if self.beside == 1 else self.beside * THINNER
        step = bars + LINE_HEIGHT * most + 16 if above else max(bars + 18, LINE_HEIGHT * most + 14)
        top = -bars / 2 - 4 - LINE_HEIGHT * (most - 1)
        place: Spec = {"labelAlign": "left", "labelBaseline": "bottom", "labelPadding": 0, "labelOffset": top}
        room = 1 - bars / step
        encoding = {
            "y": {
                "field": axis.field,
                "type": "nominal",
                "sort": list(axis.names),
                "scale": {"type": "band", "paddingInner": room, "paddingOuter": room if above else room / 2},
                "axis": {"title": None, "labelExpr": _lookup(lines), "labelLimit": 0} | (place if above else {}),
            },
            "x": self._value_axis(self.plot, sideways=True),
        }
        return encoding | self._offset("yOffset"), math.ceil(len(axis.names) * step + step / 3) + 56

    def _standing(self) -> tuple[Spec, int]:
        """The axes where values go upwards, and the height that they take."""
        axis, lines = self.data.axis, self.names
        below: Spec = {"title": None, "labelLimit": 0, "labelOverlap": "greedy", "labelAngle": 0}
        category: Spec = {"field": axis.field, "type": "nominal", "sort": list(axis.names)}
        if self._is_along_days:
            days = [self.data.days[name] for name in axis.names]
            by_day = {str(day): lines[name] for day, name in zip(days, axis.names, strict=True)}
            category = {"field": "first_day", "type": "quantitative", "scale": {"domain": [days[0], days[-1]]}}
            below |= {"values": days, "labelExpr": _lookup(by_day, "datum.value"), "grid": False}
            below |= {"labelFlush": True, "labelBound": True, "labelSeparation": 12}
        else:
            below["labelExpr"] = _lookup(lines)
            category["scale"] = {"type": "band", "paddingInner": BETWEEN_BARS, "paddingOuter": BETWEEN_BARS / 2}
        value = self._value_axis(self.layout.plot_height, sideways=False)
        height = self.layout.plot_height + LINE_HEIGHT * max(map(len, lines.values())) + 44
        return {"x": category | {"axis": below}, "y": value} | self._offset("xOffset"), height

    def _value_axis(self, plot: float, *, sideways: bool) -> Spec:
        """The axis of the values on a plot of so many pixels along it."""
        title: Spec = {"title": self.data.value_title, "format": ",~f", "tickCount": 4 if plot < 400 else 5}
        if all(value.is_integer() for value in self.values):
            title["tickMinStep"] = 1
        if not sideways:
            upper_left = {"titleAngle": 0, "titleAlign": "left", "titleBaseline": "bottom", "titleY": -10}
            title |= upper_left | {"titleX": -self.numbers_width + 8}
        scale: Spec = {"zero": self.chart.mark in (BAR, AREA), "nice": True}
        if self._is_numbered:
            scale = {"domain": self._domain(plot, sideways=sideways), "nice": False}
        stack = "zero" if self.chart.stacked else None
        return {"field": "value", "type": "quantitative", "axis": title, "scale": scale, "stack": stack}

    def _domain(self, plot: float, *, sideways: bool) -> list[float]:
        """From the lowest to the highest value, zero between them, with room for the numbers at their ends."""
        least, most = min(0.0, *self.values), max(0.0, *self.values)
        if least == most:
            return [0.0, 1.0]

        def room(datums: list[Mapping[str, Any]]) -> float:
            widths = [_width(datum["value_text"], SIZE) + 12 if sideways else SIZE + 12.0 for datum in datums]
            return max(widths, default=0.0)

        before = room([datum for datum in self.data.values if datum["label_at"] < 0])
        after = room([datum for datum in self.data.values if datum["label_at"] >= 0])
        scale = (most - least) / max(plot - before - after, plot / 4)
        return [least - before * scale, most + after * scale]

    def _offset(self, channel: str) -> Spec:
        """Bars of several colours beside each other."""
        if self.beside == 1 or self.data.colour is None:
            return {}
        return {channel: {"field": self.data.colour.field, "sort": list(self.data.colour.names)}}

    def _colours(self) -> Spec:
        colour = self.data.colour
        if colour is None:
            return {}
        names = list(colour.names)
        shared: Spec = {"field": colour.field, "type": "nominal", "sort": names, "title": colour.title}
        legend: Spec = {"orient": "top", "columns": math.ceil(len(names) / self._legend_rows()), "labelLimit": 0}
        legend["labelExpr"] = _lookup(_in_lines(colour, self.plot - 48))
        # The title of the values stands between the legend and a plot whose values go upwards.
        legend["offset"] = 12 if self.chart.is_horizontal else LINE_HEIGHT + 22
        if self.chart.mark != POINT:
            legend |= {"symbolType": "stroke", "symbolSize": 500} if self.chart.mark == LINE else _SQUARE
        ranges: dict[str, list[Any]] = {"color": [light for light, _dark in SERIES]}
        if self.chart.mark == LINE:
            ranges["strokeDash"] = list(DASHES)
        elif self.chart.mark == POINT:
            ranges["shape"] = list(SHAPES)
        return {
            channel: shared | {"legend": legend, "scale": {"domain": names, "range": values[: len(names)]}}
            for channel, values in ranges.items()
        }

    def _legend_rows(self) -> int:
        """One row where the names fit beside each other, otherwise one for each."""
        if self.data.colour is None:
            return 0
        widths = [_width(name, SIZE) + 40 for name in self.data.colour.names]
        return 1 if max(widths) * len(widths) <= self.plot else len(widths)

    def _mark(self) -> Spec:
        """The mark, with the only colour where there are not several."""
        mark: Spec = {"type": self.chart.mark}
        if self.data.colour is None:
            mark["color"] = SERIES[0][0]
        if self.chart.mark == BAR:
            return mark | (SEAM if self.chart.stacked else {})
        if self.chart.mark == LINE:
            # What is missing is a gap; one that has neighbours on neither side is seen by its point.
            points = {"size": 50, "filled": True}
            return mark | {"strokeWidth": 2.5, "point": points, "invalid": "break-paths-show-domains"}
        if self.chart.mark == POINT:
            return mark | {"filled": True, "size": 110, "opacity": 1}
        return mark | SEAM | {"opacity": 1}

    @property
    def _is_along_days(self) -> bool:
        return self.chart.mark in (LINE, AREA)

    @property
    def _is_numbered(self) -> bool:
        """Whether each value has its number beside it: bars that stand by themselves, where there is room."""
        if self.chart.mark != BAR or self.chart.stacked or len(self.data.values) > _MOST_NUMBERED:
            return False
        if self.chart.is_horizontal:
            return True
        bar = (1 - BETWEEN_BARS) * self.plot / len(self.data.axis.names) / self.beside
        return all(_width(datum["value_text"], SIZE) + 4 <= bar for datum in self.data.values)

    def _numbers(self) -> Spec:
        below = "datum.label_at < 0"
        if self.chart.is_horizontal:
            place: Spec = {"align": {"expr": f"{below} ? 'right' : 'left'"}, "dx": {"expr": f"{below} ? -6 : 6"}}
            place["baseline"] = "middle"
        else:
            place = {"baseline": {"expr": f"{below} ? 'top' : 'bottom'"}, "dy": {"expr": f"{below} ? 5 : -5"}}
            place["align"] = "center"
        at = "x" if self.chart.is_horizontal else "y"
        return {
            "mark": {"type": "text", "fontSize": SIZE, "color": INK[0], "aria": False, **place},
            "encoding": {
                at: {"field": "label_at", "type": "quantitative", "title": self.data.value_title},
                "text": {"field": "value_text"},
                "color": {"value": INK[0]},
            },
        }


def _in_lines(category: Category, width: float) -> dict[str, list[str]]:
    """Each name of a category, broken into lines."""
    return {name: wrapped(name, SIZE, width) for name in category.names}


def _lookup(lines: Mapping[str, Sequence[str]], key: str = "datum.label") -> str:
    """The expression that replaces a label by its lines."""
    return f"{json.dumps(lines, ensure_ascii=False)}[{key}]"


def _width(text: str, size: float) -> float:
    return font().width(text) * size


def _number(value: float) -> str:
    """About as wide as the axis writes it."""
    return f"{value:,.0f}" if value.is_integer() else f"{value:,.2f}"


def _sized(heading: Sequence[str]) -> list[tuple[str, int]]:
    return [(each, SIZE if place else TITLE) for place, each in enumerate(heading)]
