"""What is around the site's pages: its menus, and the banners of the moment."""

import datetime
from collections.abc import Iterable
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_view

from portal.api.v1 import openapi
from portal.api.v1.conditional import Validators, kept_until, validators, validators_of_head
from portal.api.v1.openapi import array_of, object_of, on_one_page, optional, reference
from portal.api.v1.parameters import LANG
from portal.api.v1.problems import INVALID_PARAMETER, NOT_FOUND, UNKNOWN_PARAMETER, Problem
from portal.api.v1.views import PublicView, json_response
from portal.core.languages import flatten
from portal.publication import selectors
from portal.publication.codelists import LISTS
from portal.rendering.frame import Banner, Item, build_frame

SLOTS = tuple(LISTS["menu.slot"])


def shown_items(items: Iterable[Item]) -> list[dict[str, Any]]:
    """Links of the frame as the API gives them."""
    return [{"label": item.label, "url": item.url} for item in items]


class _OfFrame(PublicView):
    """Something of the frame, in the language that is asked for."""

    parameters = (LANG,)

    def answer(self, body: Any) -> HttpResponse:
        """A response of a structure with language maps."""
        language = self.given["lang"]
        return json_response(orjson.dumps(flatten(body, language) if language else body))


class _OfMenus(_OfFrame):
    def validators(self, request: HttpRequest, **kwargs: Any) -> Validators:
        """The head's: a menu changes with the titles and addresses of what it leads to."""
        return validators_of_head(request)

    def menus(self) -> dict[str, dict[str, Any]]:
        """Slot → its menu as the site shows it."""
        read = selectors.frame().menus
        shown = build_frame(read.values(), (), timezone.now()).menus
        return {
            slot: {"slot": slot, "uid": read[slot]["uid"] if slot in read else None, "items": shown_items(shown[slot])}
            for slot in SLOTS
        }


@extend_schema_view(
    get=openapi.operation(
        "menus_list",
        "The menus",
        "The three menus as the site shows them: links to records that are not public are left out, and where no main "
        "menu is published, the lists of records stand in its place.",
        answer=reference("MenuList"),
        takes=(LANG,),
    )
)
class MenuList(_OfMenus):
    """All menus."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """One for each slot."""
        results = list(self.menus().values())
        return self.answer({"count": len(results), "next": None, "previous": None, "results": results})


@extend_schema_view(
    get=openapi.operation(
        "menus_retrieve",
        "One menu",
        "The menu of a slot as the site shows it.",
        answer=reference("SlotMenu"),
        takes=(LANG,),
        at=(openapi.SLOT,),
        problems=(UNKNOWN_PARAMETER, INVALID_PARAMETER, NOT_FOUND),
    )
)
class MenuDetail(_OfMenus):
    """The menu of one slot."""

    def get(self, request: HttpRequest, slot: str) -> HttpResponse:
        """Its links."""
        if slot not in SLOTS:
            raise Problem(NOT_FOUND, _("There is no menu “%(slot)s”."), {"slot": slot[:60]}, allowed=list(SLOTS))
        return self.answer(self.menus()[slot])


@extend_schema_view(
    get=openapi.operation(
        "banners_list",
        "The banners of the moment",
        "The notices that stand above every page of the site now. One that begins or ends does so by the clock: "
        "`Cache-Control` never lets an answer be kept beyond that.",
        answer=reference("BannerList"),
        takes=(LANG,),
    )
)
class BannerList(_OfFrame):
    """The banners that show at the moment of the request."""

    read: selectors.Frame
    now: datetime.datetime

    def validators(self, request: HttpRequest, **kwargs: Any) -> Validators:
        """The head's, and which banners' time it is. Kept at most until the next begins or one ends."""
        head = selectors.head()
        self.now = timezone.now()
        # Read after the head, so never older than its stamp.
        self.read = selectors.frame()
        last, following = self.read.turns_around(self.now)
        shown = ",".join(banner["uid"] for banner in self.read.banners_at(self.now))
        changed = max((each for each in (head.changed_at, last) if each is not None), default=None)
        return kept_until(validators(request, f"{head.stamp} {shown}", changed), self.now, following)

    def get(self, request: HttpRequest) -> HttpResponse:
        """All of them: there are few at a time."""
        banners = build_frame((), self.read.banners, self.now).banners
        results = [_shown(banner) for banner in banners]
        return self.answer({"count": len(results), "next": None, "previous": None, "results": results})


def _shown(banner: Banner) -> dict[str, Any]:
    return {
        "uid": banner.uid,
        "level": banner.level,
        "text": banner.text,
        "link": shown_items([banner.link])[0] if banner.link else None,
        "starts_at": banner.starts_at,
        "ends_at": banner.ends_at,
    }


def frame_components() -> dict[str, dict[str, Any]]:
    """The components of these answers."""
    link = object_of({"label": reference("Text"), "url": reference("Address")}, "A link of the frame.")
    slot = {"enum": list(SLOTS)}
    uid = optional(reference("Uid")) | {"description": "The record of the menu; null where none is published."}
    menu = object_of({"slot": slot, "uid": uid, "items": array_of(reference("FrameLink"))})
    time = optional({"type": "string", "format": "date-time"})
    banner = object_of(
        {
            "uid": reference("Uid"),
            "level": {"enum": list(LISTS["banner.level"])},
            "text": reference("Text"),
            "link": optional(reference("FrameLink")),
            "starts_at": time | {"description": "When it begins to show; null if it always has."},
            "ends_at": time | {"description": "When it ceases to show; null if nobody has said."},
        }
    )
    return {
        "FrameLink": link,
        "SlotMenu": menu,
        "MenuList": on_one_page({"results": array_of(reference("SlotMenu"))}),
        "BannerList": on_one_page({"results": array_of(reference("ShownBanner"))}),
        "ShownBanner": banner,
    }
