"""Each month the datasets that are fed by cases get a draft of the month that is over; nothing is published."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from cms.datasets.counted import Drafted, draft_counts
from cms.datasets.models import DatasetPage
from portal.cases.counts.asking import NotCounted, kind_of
from portal.cases.counts.describing import measure_codes
from portal.cases.counts.periods import last_month, months
from portal.core.periods import MONTH, Period, parse_period
from portal.statistics.selectors import every_row


@dataclass(frozen=True)
class Counted:
    """A month of a dataset that was to be counted, and what became of it: a draft, or why there is none."""

    uid: str
    period: str
    outcome: Drafted | NotCounted


def draft_months(now: datetime.datetime) -> Iterator[Counted]:
    """Count, for every dataset that is fed by cases, the last month that is over, and those since the last one that it
    has: a month in which this did not run is made up for.

    One dataset that cannot be counted is no hindrance to the others.
    """
    for page in DatasetPage.objects.exclude(counted_kind="").order_by("uid"):
        for period in _months(page, now):
            try:
                outcome: Drafted | NotCounted = draft_counts(kind=page.counted_kind, period=period.code, now=now)
            except NotCounted as reason:
                outcome = reason
            yield Counted(page.uid, period.code, outcome)


def _months(page: DatasetPage, now: datetime.datetime) -> Iterator[Period]:
    last = last_month(now)
    has = [period for period in _counted(page) if period.end < last.start]
    yield from months(parse_period(f"{max(has).end + datetime.timedelta(1):%Y-%m}") if has else last, last)


def _counted(page: DatasetPage) -> set[Period]:
    """The months that the latest draft has counts of."""
    digest, measures = page.get_latest_revision_as_object().table_digest, measure_codes(kind_of(page.counted_kind))
    codes = {row.period for row in every_row(digest) if row.measure in measures} if digest else set()
    return {period for period in map(parse_period, codes) if period.precision == MONTH}
