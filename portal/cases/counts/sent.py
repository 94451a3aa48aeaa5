"""Counts that modules send for months of cases that they keep to themselves: keeping them, and what was kept.

For a month, a kind and an agency there is one source: either the portal has the cases, or a module has them and sends
their counts. A version without cells says that the module keeps none.
"""

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from portal.cases.counts import cells as checking
from portal.cases.counts.grouping import counted
from portal.cases.counts.periods import begin, end
from portal.cases.kinds import KINDS
from portal.cases.kinds.declaration import Kind
from portal.cases.models import SentCounts
from portal.cases.refusals import Refused
from portal.core.periods import Period

_CHUNK = 100


class CasesAreHere(Refused):
    """The portal holds cases that would be counted twice."""

    code = "cases-are-here"
    text = _("The portal holds cases of this kind, agency and month and counts them itself.")


class CountsUnseen(Refused):
    """There are counts already, and the sender has not said which it means to replace."""

    code = "counts-unseen"
    text = _("There are counts of this month already. Send their ETag: If-Match.")


class StaleCounts(Refused):
    """The last counts are not those that the sender means to replace."""

    code = "stale-counts"
    text = _("The last counts of this month are version %(version)s. Read them again.")


@dataclass(frozen=True)
class Statement:
    """The last counts that were sent for a month at an agency, and whether what is kept is still whole: the checksum is
    that of the cells, and they add up to the totals.
    """

    period: str
    agency: str
    module: str
    version: int
    sent_at: datetime.datetime
    checksum: str
    checksum_agrees: bool
    sums_agree: bool

    @property
    def agrees(self) -> bool:
        """Whether both do."""
        return self.checksum_agrees and self.sums_agree


def last(kind: str, period: str, agency: str) -> SentCounts | None:
    """The last counts of a month at an agency."""
    return _last_of_each(kind, period).filter(agency=agency).first()


def counting(kind: str, period: str) -> list[SentCounts]:
    """The last counts of a month of each agency, as far as there are cells in them."""
    return [each for each in _last_of_each(kind, period).order_by("agency") if each.cells]


def statements(kind: str, period: str) -> list[Statement]:
    """What was sent for a month, checked once more."""
    sent = _last_of_each(kind, period).select_related("module__application").order_by("agency")
    return [
        Statement(
            period=period,
            agency=each.agency,
            module=each.module.application.name,
            version=each.version,
            sent_at=each.sent_at,
            checksum=each.checksum,
            checksum_agrees=each.checksum == checking.checksum(each.cells),
            sums_agree=each.totals == checking.totals(KINDS[kind], each.cells),
        )
        for each in sent
    ]


def altered() -> Iterator[SentCounts]:
    """The versions, earlier ones too, whose cells are not those that were sent, or do not add up."""
    for each in SentCounts.objects.order_by("pk").iterator(_CHUNK):
        kind = KINDS.get(each.kind)
        sums = checking.totals(kind, each.cells) if kind else each.totals
        if each.checksum != checking.checksum(each.cells) or each.totals != sums:
            yield each


def holds_cases(kind: Kind, period: Period, agency: str) -> bool:
    """Whether the portal has cases of an agency that were received or closed in a period."""
    within = (begin(period.start), end(period.end))
    received = Q(received_at__gte=within[0], received_at__lt=within[1])
    closed = Q(closed_at__gte=within[0], closed_at__lt=within[1])
    return counted(kind).filter(received | closed, agency=agency).exists()


@transaction.atomic
def keep(
    *,
    kind: Kind,
    period: Period,
    agency: str,
    module: int,
    cells: Sequence[Mapping[str, Any]],
    replaces: Collection[int] | None,
    now: datetime.datetime,
) -> tuple[SentCounts, bool]:
    """Keep counts, whose cells were checked (`cells.problems`), as the last version; the version, and whether it is a
    new one: counts that are those of the last version make none.

    ``replaces`` are the versions that may be the last one; None: whichever. Empty says that there is none. Raises
    `CasesAreHere`, `CountsUnseen`, `StaleCounts`; and IntegrityError where another version was kept meanwhile.
    """
    before = last(kind.name, period.code, agency)
    found = checking.checksum(cells)
    if before is not None and before.checksum == found:
        return before, False
    if before is not None and replaces is not None and before.version not in replaces:
        raise StaleCounts(version=before.version) if replaces else CountsUnseen
    if before is None and replaces:
        raise StaleCounts(version=0)
    if cells and holds_cases(kind, period, agency):
        raise CasesAreHere
    kept = SentCounts.objects.create(
        kind=kind.name,
        period=period.code,
        agency=agency,
        version=before.version + 1 if before else 1,
        module_id=module,
        cells=list(cells),
        totals=checking.totals(kind, cells),
        checksum=found,
        sent_at=now,
    )
    return kept, True


def _last_of_each(kind: str, period: str) -> Any:
    sent = SentCounts.objects.filter(kind=kind, period=period)
    later = sent.filter(agency=OuterRef("agency"), version__gt=OuterRef("version"))
    return sent.filter(~Exists(later))
