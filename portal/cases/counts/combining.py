"""The counts of a month wherever its cases are: here, or with modules that send their counts."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.cases.counts import sent
from portal.cases.counts.asking import NotCounted
from portal.cases.counts.cells import CLOSED, RECEIVED
from portal.cases.counts.counting import Counts, count
from portal.cases.counts.grouping import AGENCY, OUTCOME, UNSTATED, Codes
from portal.cases.kinds.declaration import Kind
from portal.cases.models import SentCounts
from portal.core.periods import Period


def count_everywhere(kind: Kind, period: Period, dimensions: Sequence[str], now: datetime.datetime) -> Counts:
    """The counts of a kind in a month, as `count` and as they were sent. Raises `NotCounted` where an agency has both:
    its cases would be counted twice.
    """
    found = count(kind, period, dimensions, now)
    others = sent.counting(kind.name, period.code)
    for each in others:
        if sent.holds_cases(kind, period, each.agency):
            raise NotCounted(
                _("For %(period)s the agency %(agency)s has sent counts, and has cases here: only one can be counted."),
                period=period.code,
                agency=each.agency,
            )
    return _added(found, others) if others else found


def _added(found: Counts, others: Sequence[SentCounts]) -> Counts:
    plain = [name for name in found.dimensions if name != OUTCOME]
    received, timeliness = Counter(found.received), Counter(found.timeliness)
    closed: defaultdict[Codes, Counter[int]] = defaultdict(Counter)
    sums = {code: Counter(by_codes) for code, by_codes in found.sums.items()}
    for codes, days in found.closed.items():
        closed[codes].update(days)
    for each in others:
        for cell in each.cells:
            if cell["measure"] == CLOSED:
                closed[_codes(each, cell, found.dimensions)][cell["days"]] += cell["count"]
            elif cell["measure"] == RECEIVED:
                received[_codes(each, cell, plain)] += cell["count"]
            elif cell["measure"] in sums:
                sums[cell["measure"]][_codes(each, cell, found.dimensions)] += cell["count"]
            else:
                timeliness[(*_codes(each, cell, plain), cell["measure"])] += cell["count"]
    return Counts(found.dimensions, dict(received), dict(closed), dict(timeliness), sums)


def _codes(sender: SentCounts, cell: dict[str, Any], dimensions: Sequence[str]) -> Codes:
    """The codes of a cell; of a dimension that the kind has come to declare later nothing is stated."""
    return tuple(sender.agency if name == AGENCY else cell["codes"].get(name, UNSTATED) for name in dimensions)
