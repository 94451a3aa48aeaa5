"""The charts of a dataset that is being edited or published, drawn of its figures, entered or stored."""

from collections.abc import Iterator, Mapping
from typing import Any

from portal.statistics import pictures
from portal.statistics.chart_rows import rows_of_chart, rows_of_stored_chart
from portal.statistics.charts import drawn
from portal.statistics.pictures import Reader, Shown


def charts(page: Any, document: Mapping[str, Any], language: str) -> list[Shown]:
    """Each chart that the page's document declares, in a language."""
    return pictures.shown(document, _reader(page), language)


def objections(page: Any, document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Why a dataset may not be published: (path, message) of what cannot be drawn, in the active language."""
    for place, problem in pictures.problems(document, _reader(page)):
        yield f"charts/{place}", str(problem)


def _reader(page: Any) -> Reader:
    if page.entered is not None:
        return lambda chart: rows_of_chart(chart, page.entered.of_series)
    if page.table_digest:
        return lambda chart: rows_of_stored_chart(chart, page.table_digest)
    return lambda chart: drawn(chart, ())
