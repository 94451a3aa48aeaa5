"""The charts of a dataset as they are shown: for each declared one its pictures, or why it cannot be drawn."""

import base64
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from portal.core.languages import text
from portal.core.periods import period_label
from portal.statistics import drawing
from portal.statistics.chart_style import LAYOUTS, Layout
from portal.statistics.charts import Chart, NothingToDraw, read_chart
from portal.statistics.rows import Row
from portal.statistics.structure import Structure, StructureError
from portal.statistics.vegalite import Picture, picture

#: What a chart draws of a dataset's table; raises `portal.statistics.charts.ChartError`.
Reader = Callable[[Chart], Sequence[Row]]


@dataclass(frozen=True)
class Shown:
    """A declared chart: its picture in each layout, by the layout's name, or the problem that leaves it without."""

    declared: Mapping[str, Any]
    pictures: Mapping[str, Picture]
    problem: StructureError | None = None


def shown(record: Mapping[str, Any], reader: Reader, language: str) -> list[Shown]:
    """The charts of a dataset's document or record, in a language. Nothing is drawn yet."""
    return [_shown(record, declared, reader, language) for declared in record.get("charts") or []]


def picture_of(
    record: Mapping[str, Any], declared: Mapping[str, Any], reader: Reader, language: str, layout: Layout
) -> Picture:
    """One picture of a chart. Raises `StructureError` where it cannot be drawn."""
    chart = read_chart(declared, Structure.from_document(record["dimensions"], record["measures"]))
    return _picture(record, declared, chart, reader(chart), language, layout)


def problems(record: Mapping[str, Any], reader: Reader) -> Iterator[tuple[int, StructureError]]:
    """The charts of a document that cannot be drawn: the place of each, from 0, and why. That its values are missing is
    nothing against a chart.
    """
    structure = Structure.from_document(record["dimensions"], record["measures"])
    for place, declared in enumerate(record.get("charts") or []):
        try:
            with suppress(NothingToDraw):
                reader(read_chart(declared, structure))
        except StructureError as problem:
            yield place, problem


def svg(picture: Picture, declared: Mapping[str, Any], language: str) -> str:
    """A picture drawn, with the chart's title and description in it."""
    said = {name: text(declared[name], language) or "" for name in ("title", "description")}
    return drawing.svg(picture.spec, language=language, **said)


def inline(picture: Picture, declared: Mapping[str, Any], language: str) -> str:
    """A picture drawn into an address of its own, for what is shown once and kept nowhere."""
    drawn = svg(picture, declared, language).encode()
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn).decode()}"


def _shown(record: Mapping[str, Any], declared: Mapping[str, Any], reader: Reader, language: str) -> Shown:
    try:
        chart = read_chart(declared, Structure.from_document(record["dimensions"], record["measures"]))
        rows = reader(chart)
    except StructureError as problem:
        return Shown(declared, {}, problem)
    return Shown(
        declared,
        {name: _picture(record, declared, chart, rows, language, layout) for name, layout in LAYOUTS.items()},
    )


def _picture(
    record: Mapping[str, Any],
    declared: Mapping[str, Any],
    chart: Chart,
    rows: Sequence[Row],
    language: str,
    layout: Layout,
) -> Picture:
    """Below the title of a picture that stands by itself: the dataset, and the period if it is one."""
    below = text(record["title"], language)
    if len(periods := {row.period for row in rows}) == 1:
        below += f" · {period_label(periods.pop(), language)}"
    return picture(
        chart,
        rows,
        dimensions=record["dimensions"],
        measures=record["measures"],
        language=language,
        layout=layout,
        heading=(text(declared["title"], language) or "", below),
        description=text(declared["description"], language) or "",
    )
