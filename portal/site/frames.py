"""The frame of the moment: read once per state of the log, its banners chosen by the clock."""

import datetime
from dataclasses import dataclass, field

from portal.publication import selectors
from portal.publication.models import Head
from portal.rendering.frame import Frame, build_frame


@dataclass(frozen=True)
class _Known:
    """What was read at a stamp, and the frames that were built from it, by the banners that they show."""

    stamp: str
    read: selectors.Frame
    built: dict[tuple[str, ...], Frame] = field(default_factory=dict)


_known: _Known | None = None


def frame_at(head: Head, moment: datetime.datetime) -> Frame:
    """The frame to show at a moment; asks the database only when the head has changed.

    The frame is read after its stamp, so it is never older than the stamp that it is kept under.
    """
    global _known  # one value per process, replaced whole
    known = _known
    if known is None or known.stamp != head.stamp:
        known = _Known(head.stamp, selectors.frame())
        _known = known
    banners = known.read.banners_at(moment) if known.read.banners else []
    shown = tuple(banner["uid"] for banner in banners)
    if shown not in known.built:
        known.built[shown] = build_frame(known.read.menus.values(), banners, moment)
    return known.built[shown]
