"""What a dataset's page shows of its table: the first rows, charts, what its checks say, and the files."""

from collections.abc import Iterable, Mapping
from typing import Any, TypedDict

from portal.opendata.charts import charts
from portal.opendata.checks import evaluations
from portal.rendering.contents import Downloads
from portal.rendering.tables import LIMIT
from portal.site.opendata import downloads_of
from portal.statistics import selectors
from portal.statistics.evaluation import Evaluation
from portal.statistics.models import Table
from portal.statistics.pictures import Shown


class Data(TypedDict, total=False):
    """The first rows of a table, in its order, the checks and charts of its dataset, and its files."""

    observations: Iterable[Mapping[str, Any]]
    evaluations: Iterable[Evaluation]
    charts: Iterable[Shown]
    downloads: Downloads | None


def data_of(record: Mapping[str, Any], language: str, *, until: int | None = None) -> Data:
    """What to show of a ready dataset in a language; nothing where the table is not here.

    Datasets that it agrees with are taken as they are now, or as they were once row ``until`` stood in the log.
    """
    try:
        rows, _after = selectors.observations(record["table"]["digest"], limit=LIMIT)
    except Table.DoesNotExist:
        return {}
    return {
        "observations": [row.members for row in rows],
        "evaluations": evaluations(record, until=until),
        "charts": charts(record, language),
        "downloads": downloads_of(record, language=language, is_present=until is None),
    }
