"""Atom documents (RFC 4287): Django's, with plain texts, labelled categories and times of the log's."""

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.feedgenerator import Atom1Feed

from portal.publication.rows import instant

MEDIA_TYPE = Atom1Feed.content_type
#: Of a feed without entries: a feed must have been updated some time.
_NEVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
#: Characters that XML cannot hold.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Category:
    """A category of an entry: its code, the list that the code is of (an IRI), and its name for people."""

    term: str
    scheme: str
    label: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry. ``id`` is an IRI that never changes; ``updated`` and ``published`` are moments as the log writes them;
    ``page`` and ``data`` are whole addresses of HTML (None where there is none) and JSON; ``lang`` is given where the
    entry's language is not the feed's.
    """

    id: str
    title: str
    summary: str
    updated: str
    published: str | None
    page: str | None
    data: str
    categories: Iterable[Category] = ()
    lang: str | None = None


class _Feed(Atom1Feed):
    def latest_post_date(self) -> datetime.datetime:
        return max((item["updateddate"] for item in self.items), default=_NEVER)

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["lang"]} if item["lang"] else {}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if item["data"] != item["link"]:
            attributes = {"rel": "alternate", "type": "application/json", "href": item["data"]}
            handler.addQuickElement("link", "", attributes)
        if item["summary"]:
            handler.addQuickElement("summary", item["summary"], {"type": "text"})
        for each in item["labelled"]:
            handler.addQuickElement("category", "", {"term": each.term, "scheme": each.scheme, "label": each.label})


def document(entries: Iterable[Entry], *, about: Mapping[str, str]) -> str:
    """A feed as text. ``about`` has its ``title``, ``subtitle``, ``language``, ``author_name``, and whole addresses:
    ``link`` of the page that it is the feed of, and its own, ``feed_url``, by which it is known.
    """
    feed = _Feed(description="", feed_guid=about["feed_url"], **about)
    for entry in entries:
        feed.add_item(
            _plain(entry.title),
            entry.page or entry.data,
            None,
            unique_id=entry.id,
            pubdate=entry.published and instant(entry.published),
            updateddate=instant(entry.updated),
            summary=_plain(entry.summary),
            data=entry.data,
            labelled=list(entry.categories),
            lang=entry.lang,
        )
    return feed.writeString("utf-8")


def _plain(text: str) -> str:
    return _CONTROL.sub(" ", text)
