"""What every Atom document must be (RFC 4287)."""

import re
from collections import Counter
from xml.etree.ElementTree import Element, fromstring

NS = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_IRI = re.compile(r"[a-z][a-z0-9+.-]*:\S+")
_OF_FEED = frozenset(
    ("author", "category", "contributor", "generator", "icon", "id", "link", "logo", "rights", "subtitle", "title")
    + ("updated", "entry")
)
_OF_ENTRY = frozenset(
    ("author", "category", "content", "contributor", "id", "link", "published", "rights", "source", "summary")
    + ("title", "updated")
)
_ONCE = ("id", "title", "updated")
_AT_MOST_ONCE = ("published", "rights", "summary", "subtitle", "generator", "icon", "logo", "content")


def parse(text: str | bytes) -> Element:
    """The root of a document; raises where it is no XML."""
    return fromstring(text)


def texts(element: Element, name: str) -> list[str]:
    """The texts of the children of that name."""
    return [child.text or "" for child in element.findall(NS + name)]


def links(element: Element, rel: str, media_type: str | None = None) -> list[str]:
    """The addresses of an element's links of a relation; of HTML, which need not say so, for None."""
    found = element.findall(f"{NS}link")
    return [each.get("href", "") for each in found if (each.get("rel"), each.get("type")) == (rel, media_type)]


def faults(text: str | bytes) -> list[str]:
    """What is wrong with a feed."""
    feed = parse(text)
    if feed.tag != f"{NS}feed":
        return [f"the root is {feed.tag}"]
    found = _common(feed, _OF_FEED)
    if not feed.findall(f"{NS}author/{NS}name"):
        found.append("no author")
    if len(links(feed, "self")) != 1:
        found.append("no link to itself")
    entries = feed.findall(f"{NS}entry")
    for entry in entries:
        found += _common(entry, _OF_ENTRY)
        if not links(entry, "alternate") and not entry.findall(f"{NS}content"):
            found.append("an entry without content leads nowhere")
    ids = Counter(texts(entry, "id")[0] for entry in entries if texts(entry, "id"))
    return found + [f"{each} twice" for each, count in ids.items() if count > 1]


def _common(element: Element, allowed: frozenset[str]) -> list[str]:
    where = (texts(element, "title") or ["?"])[0]
    names = Counter(child.tag.removeprefix(NS) for child in element)
    found = [f"{where}: {name} does not belong there" for name in names.keys() - allowed]
    found += [f"{where}: {names[name]} {name}" for name in _ONCE if names[name] != 1]
    found += [f"{where}: {names[name]} {name}" for name in _AT_MOST_ONCE if names[name] > 1]
    for name in ("updated", "published"):
        found += [f"{where}: {name} {each}" for each in texts(element, name) if not _MOMENT.fullmatch(each)]
    found += [f"{where}: id {each}" for each in texts(element, "id") if not _IRI.fullmatch(each)]
    found += [f"{where}: no title" for each in texts(element, "title") if not each.strip()]
    found += [f"{where}: category without term" for each in element.findall(f"{NS}category") if not each.get("term")]
    alternates = Counter(
        (each.get("type"), each.get("hreflang"))
        for each in element.findall(f"{NS}link")
        if each.get("rel", "alternate") == "alternate"
    )
    found += [f"{where}: several alternates {each}" for each, count in alternates.items() if count > 1]
    hrefs = [each.get("href", "") for each in element.findall(f"{NS}link")]
    return found + [f"{where}: link {each}" for each in hrefs if not re.match(r"https?://", each)]
