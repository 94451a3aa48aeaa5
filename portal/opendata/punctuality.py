"""When the next figures of a dataset are due, by its frequency and by what its table has.

The figures of a period are due `GRACE` days after its end, so that they can be collected. What comes irregularly or
once is never due.
"""

import calendar
import datetime

import pyarrow as pa

from portal.core.periods import parse_period
from portal.statistics.columns import single
from portal.statistics.kept import columns_of

#: Frequency → months from the end of one period to the end of the next.
MONTHS = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}
GRACE = 31


def newest_period(columns: pa.Table) -> str:
    """The code of the period of a table that ends last; of several the one that begins last; empty for no rows."""
    codes = single(columns, "period").dictionary.to_pylist() if columns.num_rows else []
    return max(codes, key=_by_end, default="")


def newest_of(digest: str) -> str:
    """The same for a stored table. Raises `Table.DoesNotExist`."""
    return newest_period(columns_of(digest))


def due(frequency: str, newest: str) -> datetime.date | None:
    """The day by which the figures of the period after the newest one should be there; None where none are due."""
    months = MONTHS.get(frequency)
    if months is None or not newest:
        return None
    year, month = divmod(parse_period(newest).end.month - 1 + months, 12)
    year += parse_period(newest).end.year
    end = datetime.date(year, month + 1, calendar.monthrange(year, month + 1)[1])
    return end + datetime.timedelta(days=GRACE)


def _by_end(code: str) -> tuple[datetime.date, datetime.date]:
    period = parse_period(code)
    return period.end, period.start
