"""Erasing personal data: at the end of its time, or when the person asks. The case, its events and its counts stay."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.cases.attachments import erasing as attachments
from portal.cases.kinds import KINDS
from portal.cases.models import Attachment, Case, Erasure, PersonalIndex, PersonalValue
from portal.cases.refusals import Refused

_BATCH = 200


class StillOpen(Refused):
    """The personal data is needed as long as the case is open."""

    code = "still-open"
    text = _("The case is open, and cannot be dealt with without the personal data. Close it first.")


@dataclass(frozen=True, slots=True)
class Closed:
    """A case that was closed: its number, when, and for how many days its kind keeps personal data after that. A case
    that is open has no ``closed_at``.
    """

    case: int
    closed_at: datetime.datetime | None
    retention_days: int


def due_for_erasure(closed_at: datetime.datetime | None, retention_days: int, now: datetime.datetime) -> bool:
    """Whether the personal data of a case is past its time: so many days, each of 24 hours, since it was closed. Never
    while it is open, or was closed in the future by a clock that is ahead.
    """
    return closed_at is not None and closed_at + datetime.timedelta(days=retention_days) <= now


def erase(case: Case, *, ground: str, now: datetime.datetime) -> int:
    """Delete all personal values of a case, what it is found by and what is in its attachments; how many values, the
    names of attachments among them. ``ground`` is one of `Erasure.Ground`. Where there is nothing, nothing is recorded.
    """
    with transaction.atomic():
        return _erase([case.pk], ground, now)


def erase_on_request(case: Case, *, now: datetime.datetime) -> int:
    """Erase what is kept of a person who asks for it (Personal Data Protection Act, article 11, paragraph 3); how many
    values. Raises `StillOpen` while the case is open: nobody could go on with it.
    """
    with transaction.atomic():
        if Case.objects.select_for_update().get(pk=case.pk).closed_at is None:
            raise StillOpen
        return _erase([case.pk], Erasure.Ground.REQUEST, now)


def erase_due(closed: Iterable[Closed], now: datetime.datetime) -> int:
    """Erase what is past its time, a batch of cases in each transaction; how many values. A case that was reopened
    since it was looked at is left alone. Cut off, it goes on with the next call: what is erased is not there any more.
    """
    due = (each.case for each in closed if due_for_erasure(each.closed_at, each.retention_days, now))
    count = 0
    while cases := list(islice(due, _BATCH)):
        with transaction.atomic():
            still_closed = Case.objects.select_for_update().filter(pk__in=cases, closed_at__isnull=False)
            count += _erase(list(still_closed.values_list("pk", flat=True)), Erasure.Ground.RETENTION, now)
    return count


def erase_past_time() -> int:
    """Erase what is past its kind's time by now, as is done every hour; how many values."""
    now = timezone.now()
    return erase_due(_closed(now), now)


def _closed(now: datetime.datetime) -> Iterator[Closed]:
    """The closed cases of every kind of which something personal is kept, as far as they may be due."""
    kept = Exists(PersonalValue.objects.filter(case=OuterRef("pk")))
    for kind in KINDS.values():
        last = now - datetime.timedelta(days=kind.retention_days)
        closed = Case.objects.filter(kept, kind=kind.name, closed_at__lte=last).order_by("closed_at", "pk")
        for case, closed_at in list(closed.values_list("pk", "closed_at")):
            yield Closed(case, closed_at, kind.retention_days)


def _erase(cases: list[int], ground: str, now: datetime.datetime) -> int:
    values = PersonalValue.objects.filter(case__in=cases)
    # Of two hosts that erase at once, the second finds nothing left to record.
    counts = Counter(values.select_for_update().values_list("case_id", flat=True))
    references = dict(Case.objects.filter(pk__in=counts).values_list("pk", "reference"))
    PersonalIndex.objects.filter(value__case__in=cases).delete()
    values.delete()
    attachments.erase(Attachment.objects.filter(case__in=cases), now)
    Erasure.objects.bulk_create(
        Erasure(at=now, reference=references[case], ground=ground, values=count) for case, count in counts.items()
    )
    return counts.total()
