"""Counting the cases of a kind in a period, by the database.

Which date counts where: *received* are cases whose date of receipt is in the period, however they stand now; *closed*
are those whose date of closing is, whenever they were received; what is counted of time limits, says `timeliness`. All
days are Taipei's. Cases are counted as they stand now, so a month changes when a case of it is reopened or amended;
those that were merged into another are not counted.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count
from django.db.models.functions import TruncDate

from portal.cases.counts.grouping import OUTCOME, Codes, coded, counted, grouped
from portal.cases.counts.periods import begin, end
from portal.cases.counts.summing import sums
from portal.cases.counts.timeliness import timeliness
from portal.cases.deadlines.counting import TAIPEI
from portal.cases.kinds.declaration import Kind
from portal.core.periods import Period


@dataclass(frozen=True)
class Counts:
    """Counts by the codes of ``dimensions``; a combination that has none is not there.

    ``received`` and ``timeliness`` leave out the outcome, which only closed cases have. ``closed`` maps numbers of
    days, from the day of receipt to that of closing, to cases. ``timeliness`` has one code more, as `timeliness` says.
    ``sums`` has, for each sum that the kind declares, what the closed cases come to.
    """

    dimensions: tuple[str, ...]
    received: Mapping[Codes, int]
    closed: Mapping[Codes, Mapping[int, int]]
    timeliness: Mapping[Codes, int]
    sums: Mapping[str, Mapping[Codes, int]] = field(default_factory=dict)


def count(kind: Kind, period: Period, dimensions: Sequence[str], now: datetime.datetime) -> Counts:
    """The counts of a kind in a period, as they are now, by some of its dimensions (`grouping.available`)."""
    plain = tuple(name for name in dimensions if name != OUTCOME)
    received = counted(kind).filter(received_at__gte=begin(period.start), received_at__lt=end(period.end))
    closed = counted(kind).filter(closed_at__gte=begin(period.start), closed_at__lt=end(period.end))
    days: defaultdict[Codes, Counter[int]] = defaultdict(Counter)
    dates = {"first": TruncDate("received_at", tzinfo=TAIPEI), "last": TruncDate("closed_at", tzinfo=TAIPEI)}
    for _kind, *codes, first, last, cases in grouped(closed, dimensions, **dates).annotate(cases=Count("pk")):
        days[coded(codes)][(last - first).days] += cases
    by_receipt = grouped(received, plain).annotate(cases=Count("pk"))
    return Counts(
        dimensions=tuple(dimensions),
        received={coded(codes): cases for _kind, *codes, cases in by_receipt},
        closed=dict(days),
        timeliness=timeliness(kind, period, plain, now),
        sums=sums(kind, closed, dimensions),
    )
