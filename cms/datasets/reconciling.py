"""Published counts of cases beside the cases: which month, how many were published, how many there are, and whether
sums agree.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.datasets.counted import tabulated_dimensions, uid_of
from portal.cases.counts import describing
from portal.cases.counts.asking import NotCounted, kind_of, month_of
from portal.cases.counts.combining import count_everywhere
from portal.cases.counts.reconciling import Published, Reconciled, reconciled
from portal.publication import selectors
from portal.publication.selectors import Version
from portal.statistics.rows import Row
from portal.statistics.selectors import every_row, observation
from portal.statistics.structure import Structure


@dataclass(frozen=True)
class Agreement:
    """A figure of the public version of a dataset, by its period and key, beside the cases; ``row`` is its row of the
    table.
    """

    period: str
    key: str
    reconciled: Reconciled
    row: Row


def public_dataset(kind: str) -> Version:
    """The public version of the dataset that a kind is counted into, with its document. Raises `NotCounted`."""
    public = selectors.version_at(uid_of(kind), selectors.head().seq)
    if public is None or public.document is None:
        raise NotCounted(_("No counts of this kind are public."))
    return public


def months_of(kind: str, dataset: Mapping[str, Any]) -> list[str]:
    """The periods that a public dataset has counts of a kind for, the latest first."""
    measures = describing.measure_codes(kind_of(kind))
    table = every_row(dataset["table"]["digest"])
    return sorted({row.period for row in table if row.measure in measures}, reverse=True)


def published_in(dataset: Version, row: Row) -> int:
    """The number of the version in which a figure of a public dataset came to read as it does."""
    found: int = dataset.members["version"]
    for earlier in reversed(selectors.versions(dataset.members["uid"])):
        if earlier.members["version"] >= found or earlier.members["action"] == "redact":
            continue
        document = earlier.document if earlier.is_readable else None
        if document is None or observation(document["table"]["digest"], row.key) != row:
            break
        found = earlier.members["version"]
    return found


def agreements(*, kind: str, now: datetime.datetime, period: str | None = None) -> Iterator[Agreement]:
    """The public figures of a kind's dataset, of one month or of all that it has, in the table's order.

    Raises `NotCounted` where there is no public dataset, or a month that cannot be counted.
    """
    declared, dataset = kind_of(kind), public_dataset(kind).document
    assert dataset is not None
    table = every_row(dataset["table"]["digest"])
    measures = describing.measure_codes(declared)
    rows = [row for row in table if row.measure in measures and period in (None, row.period)]
    dimensions = tabulated_dimensions(Structure.from_document(dataset["dimensions"], dataset["measures"]), kind)
    for month in dict.fromkeys(row.period for row in rows):
        own = [row for row in rows if row.period == month]
        counts = count_everywhere(declared, month_of(month, now), [each.name for each in dimensions], now)
        for row, each in zip(own, reconciled(map(_published, own), counts, dimensions), strict=True):
            yield Agreement(month, row.key, each, row)


def _published(row: Row) -> Published:
    value = None if row.value is None else Decimal(row.value)
    return Published(row.measure, tuple(row.dimensions.values()), value)
