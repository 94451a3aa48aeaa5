"""The frame around every page: menus and banners, from the ready records of these types."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.core.languages import CHINESE, LANGUAGES, PREFIXES, translated
from portal.publication.types import LISTED
from portal.rendering.texts import LanguageMap

#: First segments of addresses that are the same in every language.
_LANGUAGE_FREE = frozenset({"api", "media", "static", "admin", "healthz"})


@dataclass(frozen=True)
class Item:
    """A link of the frame. ``url`` has an address per language."""

    label: LanguageMap
    url: Mapping[str, str]


@dataclass(frozen=True)
class Banner:
    """A notice above the page. ``level`` is info, notice or urgent; it shows from ``starts_at`` until just before
    ``ends_at``, each None where that is open.
    """

    uid: str
    level: str
    text: LanguageMap
    link: Item | None
    starts_at: str | None = None
    ends_at: str | None = None


@dataclass(frozen=True)
class Frame:
    """What surrounds a page: three menus and the banners of the moment."""

    main: tuple[Item, ...]
    footer: tuple[Item, ...] = ()
    utility: tuple[Item, ...] = ()
    banners: tuple[Banner, ...] = field(default=())

    @property
    def menus(self) -> dict[str, tuple[Item, ...]]:
        """Slot → the links of its menu."""
        return {"main": self.main, "footer": self.footer, "utility": self.utility}

    @property
    def banner_uids(self) -> tuple[str, ...]:
        """Which banners are shown, for telling one state of the frame from another."""
        return tuple(banner.uid for banner in self.banners)

    def leading_to(self, path: str) -> Item | None:
        """The menu's link to a Chinese path, None where no menu has one."""
        items = (*self.main, *self.utility, *self.footer)
        return next((item for item in items if item.url[CHINESE] == path), None)


def build_frame(
    menus: Iterable[Mapping[str, Any]], banners: Iterable[Mapping[str, Any]], now: datetime.datetime
) -> Frame:
    """The frame at a moment. Without a main menu, the lists of the record types stand in its place."""
    slots: dict[str, list[Item]] = {"main": [], "footer": [], "utility": []}
    for menu in menus:
        items = (_item(link, menu["related"]) for link in menu["items"])
        slots[menu["slot"]] += [item for item in items if item is not None]
    shown = tuple(_banner(banner) for banner in banners if _is_active(banner, now))
    return Frame(tuple(slots["main"]) or plain_frame().main, tuple(slots["footer"]), tuple(slots["utility"]), shown)


def plain_frame() -> Frame:
    """The frame that needs no record: the lists of the types. For error pages and previews."""
    return Frame(tuple(Item(translated(kind.plural_label), _both(f"/{kind.plural}/")) for kind in LISTED))


def _both(address: str) -> dict[str, str]:
    """An address in each language. Addresses of other hosts, and of what has no language, stay as they are."""
    own = address.startswith("/") and address.split("/")[1] not in _LANGUAGE_FREE
    return {language: (PREFIXES[language] if own else "") + address for language in LANGUAGES}


def _item(link: Mapping[str, Any], related: Iterable[Mapping[str, Any]]) -> Item | None:
    """A link of a menu; None where it leads to a record that is not public."""
    if link["uid"]:
        url = next((each["url"] for each in related if each["uid"] == link["uid"]), None)
    else:
        url = _both(link["address"]) if link["address"] else None
    return Item(link["label"], url) if url else None


def _banner(banner: Mapping[str, Any]) -> Banner:
    link = _item(banner["link"], banner["related"]) if banner["link"] else None
    return Banner(
        banner["uid"], banner["level"], banner["text"], link, starts_at=banner["starts_at"], ends_at=banner["ends_at"]
    )


def _is_active(banner: Mapping[str, Any], now: datetime.datetime) -> bool:
    starts, ends = banner["starts_at"], banner["ends_at"]
    return (not starts or datetime.datetime.fromisoformat(starts) <= now) and (
        not ends or now < datetime.datetime.fromisoformat(ends)
    )
