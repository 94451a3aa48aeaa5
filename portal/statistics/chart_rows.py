"""The observations that a chart draws, out of a stored table."""

from django.utils.translation import gettext_lazy as _

from portal.statistics.charts import Chart, ChartError, drawn
from portal.statistics.rows import Row
from portal.statistics.selectors import observations

#: So many observations of a table are looked through for a chart.
MOST_READ = 20_000
_PORTION = 5000


def rows_of_chart(digest: str, chart: Chart) -> list[Row]:
    """What a chart draws of a table (`portal.statistics.charts.drawn`), in the table's order.

    Raises `ChartError` where they make no chart, or are too many to look through, and `Table.DoesNotExist`.
    """
    found: list[Row] = []
    read = 0
    for measure in chart.measures:
        after: int | None = None
        while read <= MOST_READ:
            page, after = observations(digest, limit=_PORTION, after=after, measure=measure, filters=chart.fixed)
            read += len(page)
            found += filter(chart.has, page)
            if after is None:
                break
    if read > MOST_READ:
        raise ChartError(
            _("A chart is drawn from a selection of at most %(most)d observations. Choose one code of a dimension."),
            most=MOST_READ,
        )
    return drawn(chart, found)
