"""What surrounds every page of the site: menus and banners."""

import datetime
from dataclasses import dataclass
from typing import Any

import orjson

from portal.publication.models import CurrentRecord
from portal.publication.selectors.records import FORMS
from portal.publication.types import FRAME_TYPES


@dataclass(frozen=True, slots=True)
class Frame:
    """Ready records: the menu of each slot (``main``, ``footer``, ``utility``; the first by uid where there
    are several), and all banners.
    """

    menus: dict[str, dict[str, Any]]
    banners: list[dict[str, Any]]

    def banners_at(self, moment: datetime.datetime) -> list[dict[str, Any]]:
        """The banners whose time it is: from ``starts_at`` until just before ``ends_at``."""
        return [
            banner
            for banner in self.banners
            if (not banner["starts_at"] or datetime.datetime.fromisoformat(banner["starts_at"]) <= moment)
            and (not banner["ends_at"] or moment < datetime.datetime.fromisoformat(banner["ends_at"]))
        ]

    def turns_around(self, moment: datetime.datetime) -> tuple[datetime.datetime | None, datetime.datetime | None]:
        """When a banner last began or ended to show up to a moment, and when one will next; None for never."""
        written = (banner[end] for banner in self.banners for end in ("starts_at", "ends_at") if banner[end])
        turns = [datetime.datetime.fromisoformat(each) for each in written]
        last = max((each for each in turns if each <= moment), default=None)
        return last, min((each for each in turns if each > moment), default=None)


def frame(form: str = "all") -> Frame:
    """The public menus and banners, ready to serve, in one of `FORMS`; one query."""
    texts = (
        CurrentRecord.objects.filter(state=CurrentRecord.State.PUBLIC, type__in=FRAME_TYPES)
        .order_by("uid")
        .values_list(FORMS[form], flat=True)
    )
    records = [orjson.loads(text) for text in texts]
    menus: dict[str, dict[str, Any]] = {}
    for record in records:
        if record["type"] == "menu":
            menus.setdefault(record["slot"], record)
    return Frame(menus, [record for record in records if record["type"] == "banner"])
