"""The frame of the moment: read once per state of the log, its banners chosen by the clock."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from portal.publication import selectors
from portal.publication.models import Head
from portal.rendering.frame import Frame, build_frame


@dataclass(frozen=True)
class _Known:
    stamp: str
    frame: selectors.Frame


_known: _Known | None = None


def frame_at(head: Head, moment: datetime.datetime | None = None) -> Frame:
    """The frame to show at a moment (now, if none is given); asks the database only when the head has changed.

    The frame is read after its stamp, so it is never older than the stamp that it is kept under.
    """
    global _known  # noqa: PLW0603  # one value per process, replaced whole
    known = _known
    if known is None or known.stamp != head.stamp:
        known = _Known(head.stamp, selectors.frame())
        _known = known
    read = known.frame
    return build_frame(read.menus.values(), read.banners, moment or timezone.now())
