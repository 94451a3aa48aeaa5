"""What a case's page shows of its files: of what kind and size they are, and from whom; their names with other personal
data alone.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from portal.cases import identity_numbers
from portal.cases.attachments.content_types import ACCEPTED, EXTENSIONS
from portal.cases.attachments.limits import FILING, MEGABYTE, MOST_BYTES
from portal.cases.attachments.reading import attachments_of
from portal.cases.desk import wording
from portal.cases.desk.forms import PurposeForm
from portal.cases.models import Case
from portal.cases.personal.wrapped import Personal
from portal.cases.refusals import Refused


class FileNotTaken(Refused):
    """One of several files is refused: ``params`` hold its ``name``, as it may be shown, and the ``problem``."""

    text = _("“%(name)s”: %(problem)s")


@dataclass(frozen=True)
class Listed:
    """A file as the page lists it; ``name`` is empty until personal data is shown."""

    uid: uuid.UUID
    type: str
    size: str
    at: str
    actor: str
    name: str
    is_erased: bool


@dataclass(frozen=True)
class Files:
    """The files of a case, and what more can be added at a time: ``each`` and ``together`` in megabytes."""

    listed: list[Listed]
    accepted: str = ACCEPTED
    count: int = FILING.count
    each: int = MOST_BYTES // MEGABYTE
    together: int = FILING.bytes // MEGABYTE

    @property
    def are_kept(self) -> bool:
        """Whether there is one to read."""
        return any(not each.is_erased for each in self.listed)


def files_of(case: Case, names: Mapping[int, Personal]) -> Files:
    """The files of a case. ``names`` are those that may be shown, by the numbers of events."""
    attachments = attachments_of(case)
    if not attachments:
        return Files([])
    events = {event.number: event for event in case.events.filter(number__in=[each.event for each in attachments])}
    actors = wording.actor_names(event.actor for event in events.values())
    return Files(
        [
            Listed(
                each.uid,
                EXTENSIONS[each.media_type].upper(),
                filesizeformat(each.size),
                wording.moment_label(events[each.event].occurred_at),
                actors[events[each.event].actor],
                masked(names[each.event].reveal()) if each.event in names else "",
                each.erased_at is not None,
            )
            for each in attachments
        ]
    )


def purpose_form(data: Any = None) -> PurposeForm:
    """What a file is read for. The page asks the same for other personal data, hence ids of its own."""
    return PurposeForm(data, auto_id="file_%s")


def masked(name: str) -> str:
    """A name of a file as it is shown."""
    return identity_numbers.masked(name)
