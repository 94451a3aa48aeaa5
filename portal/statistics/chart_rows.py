"""The observations that a chart draws, out of a table that is stored or only entered."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice

from django.utils.translation import gettext_lazy as _

from portal.statistics.charts import Chart, ChartError, drawn
from portal.statistics.rows import Row
from portal.statistics.selectors import observations
from portal.statistics.series import EVERY, Series

#: So many observations of a table are looked through for a chart.
MOST_READ = 20_000
_PORTION = 5000


def rows_of_chart(chart: Chart, of_series: Callable[[Series], Iterable[Row]]) -> list[Row]:
    """What a chart draws (`portal.statistics.charts.drawn`) of a table whose series can be read, in the table's order.

    Raises `ChartError` where they make no chart, or are too many to look through.
    """
    codes = tuple(chart.fixed.get(dimension, EVERY) for dimension in chart.codes)
    series = [Series(measure, codes) for measure in chart.measures]
    read = list(islice(chain.from_iterable(map(of_series, series)), MOST_READ + 1))
    if len(read) > MOST_READ:
        raise ChartError(
            _("A chart is drawn from a selection of at most %(most)d observations. Choose one code of a dimension."),
            most=MOST_READ,
        )
    return drawn(chart, filter(chart.has, read))


def rows_of_stored_chart(chart: Chart, digest: str) -> list[Row]:
    """The same of the table of a digest. Raises `Table.DoesNotExist` besides."""
    dimensions = list(chart.codes)

    def of_series(series: Series) -> Iterator[Row]:
        fixed = {name: code for name, code in zip(dimensions, series.codes, strict=True) if code != EVERY}
        after: int | None = None
        while True:
            page, after = observations(digest, limit=_PORTION, after=after, measure=series.measure, filters=fixed)
            yield from page
            if after is None:
                return

    return rows_of_chart(chart, of_series)
