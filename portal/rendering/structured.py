"""Pages in schema.org's words (JSON-LD), for search engines: what a record is, where it stands, what proves it.

A record's page is a WebPage about a thing (a City, an Event …). Version, language and sources are said of the page, for
schema.org lets only works have them; a thing that is a work itself says them too. Nothing is said more exactly than the
record knows it: a date known to the month is a month.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings

from portal.core.languages import CHINESE, ENGLISH, LANGUAGES, in_language, text
from portal.core.periods import DAY, MONTH, YEAR
from portal.publication.types import TYPES
from portal.rendering.alerts import WARNING_KINDS
from portal.rendering.source_documents import document_title, section_title
from portal.rendering.theme import theme

Node = dict[str, Any]
#: A name and a Chinese path.
Step = tuple[str, str]

#: Types whose records are works themselves, so that what is said of the page is true of them too.
_WORKS = frozenset({"agreement", "announcement", "alert"})
_WRITTEN = {DAY: 10, MONTH: 7, YEAR: 4}


def graph(nodes: Iterable[Node]) -> Node | None:
    """The nodes of a page as one document; None where there are none."""
    found = list(nodes)
    return {"@context": "https://schema.org", "@graph": found} if found else None


def home(language: str) -> list[Node]:
    """The site and who publishes it."""
    identity = theme().identity
    address = _whole(in_language("/", language))
    site = {
        "@type": "WebSite",
        "@id": _site(),
        "url": address,
        "name": text(identity["name"], language),
        "alternateName": _other(identity["name"], language),
        "description": text(identity["claim"], language),
        "inLanguage": list(LANGUAGES),
        "publisher": {"@id": _publisher()},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{_whole(in_language('/search/', language))}?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
    }
    return [_stated(site), _organisation(language)]


def record(ready: Mapping[str, Any], language: str, trail: Sequence[Step]) -> list[Node]:
    """A ready record that has a page: the page, what it is about, and the way to it. A dataset's own node stands with
    its files.
    """
    url = _whole(ready["url"][language])
    entity = _entity(ready)
    reports = {each["document"]: None for each in ready["source"]}
    page = {
        "@type": "WebPage",
        "@id": url,
        "url": url,
        "name": text(ready["title"], language),
        "description": text(ready["summary"], language),
        "isPartOf": {"@id": _site()},
        "breadcrumb": {"@id": f"{url}#breadcrumb"},
        "primaryImageOfPage": {"@type": "ImageObject", "url": f"{url}share.png"},
        "mainEntity": entity and {"@id": entity},
    } | _published(ready, language)
    nodes = [_stated(page), breadcrumbs(trail, language, url)]
    if entity and ready["type"] != "dataset":
        nodes.append(_stated(_thing(ready, language, entity, url)))
    return nodes + [_report(code, language) for code in reports]


def breadcrumbs(trail: Sequence[Step], language: str, url: str) -> Node:
    """The way from the home page to a page, whose address is the whole ``url``."""
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": _whole(in_language(path, language))}
        for place, (name, path) in enumerate(trail, 1)
    ]
    return {"@type": "BreadcrumbList", "@id": f"{url}#breadcrumb", "itemListElement": items}


def _entity(ready: Mapping[str, Any]) -> str | None:
    """What identifies the thing that a record is about: of a dataset the address that catalogues know it by. None for a
    plain page, which is about nothing but itself.
    """
    if ready["type"] == "page":
        return None
    if ready["type"] == "dataset":
        return _whole(f"/opendata/datasets/{ready['uid'].partition(':')[2]}/")
    return f"{_whole(ready['url'][CHINESE])}#record"


def _thing(ready: Mapping[str, Any], language: str, entity: str, url: str) -> Node:
    media = next((each["url"] for each in ready["media"] if each["url"]), None)
    thing = {
        "@type": TYPES[ready["type"]].schema_org,
        "@id": entity,
        "identifier": ready["uid"],
        "name": text(ready["title"], language),
        "alternateName": _other(ready["title"], language),
        "description": text(ready["summary"], language),
        "url": url,
        "image": _whole(media) if media else f"{url}share.png",
        "mainEntityOfPage": {"@id": url},
    }
    own = _OWN.get(ready["type"], lambda ready, language: {})(ready, language)
    return thing | own | (_published(ready, language) if ready["type"] in _WORKS else {})


def _published(ready: Mapping[str, Any], language: str) -> Node:
    """What is said of a work: its language, version and dates, its publisher, and what it is based on."""
    sections = {(each["document"], each["section"]): None for each in ready["source"]}
    return {
        "identifier": ready["uid"],
        "inLanguage": language,
        "version": str(ready["version"]),
        "datePublished": ready["published_at"],
        "dateModified": ready["modified_at"],
        "isAccessibleForFree": True,
        "publisher": _named_publisher(language),
        "isBasedOn": [{"@id": _report_id(code)} for code in {code: None for code, _section in sections}],
        "citation": [_section(code, section, language) for code, section in sections],
    }


def _section(code: str, section: str, language: str) -> Node:
    title = section_title(code, section)
    named = f"{section} {text(title, language)}" if title else section
    return {"@type": "CreativeWork", "name": named, "isPartOf": {"@id": _report_id(code)}}


def _report(code: str, language: str) -> Node:
    title = document_title(code)
    return _stated(
        {
            "@type": "Report",
            "@id": _report_id(code),
            "identifier": code,
            "name": text(title, language),
            "alternateName": _other(title, language),
            "inLanguage": CHINESE,
        }
    )


def _organisation(language: str) -> Node:
    identity = theme().identity
    contact = identity.get("contact", {})
    parent = {"@type": "GovernmentOrganization", "name": text(identity["government"], language)}
    point = {
        "@type": "ContactPoint",
        "url": _whole(in_language(contact.get("path", "/"), language)),
        "telephone": contact.get("phone"),
        "email": contact.get("email"),
    }
    return _stated(
        {
            "@type": "GovernmentOrganization",
            "@id": _publisher(),
            "name": text(identity["department"], language),
            "alternateName": _other(identity["department"], language),
            "url": _whole(in_language("/", language)),
            "parentOrganization": parent,
            "contactPoint": _stated(point),
        }
    )


def _city(ready: Mapping[str, Any], language: str) -> Node:
    country, place = ready["labels"].get("country"), ready["location"]
    return {
        "containedInPlace": country and {"@type": "Country", "name": text(country, language)},
        "geo": place and {"@type": "GeoCoordinates", **place},
        "sameAs": ready["website"],
    }


def _event(ready: Mapping[str, Any], language: str) -> Node:
    dates = ready["dates"]
    mode = "Online" if ready.get("mode") == "video" else "Offline"
    return {
        "startDate": _date(dates["start"], dates["precision"]),
        "endDate": _date(dates["end"], dates["precision"]),
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode",
        "location": _place(ready, language),
        "organizer": _named_publisher(language),
        "inLanguage": language,
        "about": _cities(ready, language),
    }


def _agreement(ready: Mapping[str, Any], language: str) -> Node:
    dates = ready["dates"]
    return {
        "dateCreated": _date(dates["end"] or dates["start"], dates["precision"]),
        "locationCreated": _place(ready, language),
        "about": _cities(ready, language),
    }


def _announcement(ready: Mapping[str, Any], language: str) -> Node:
    return {
        "headline": text(ready["title"], language),
        "author": _named_publisher(language),
        "articleSection": text(ready["labels"].get("kind"), language),
        "contentLocation": _place(ready, language),
    }


def _alert(ready: Mapping[str, Any], language: str) -> Node:
    return {
        "category": text(ready["labels"].get("kind"), language),
        "datePosted": ready["issued"],
        "expires": ready["withdrawn"] or (ready["dates"]["end"] if ready["kind"] in WARNING_KINDS else None),
        "about": [{"@type": "Product", "name": text(each, language)} for each in ready["products"]],
    }


def _project(ready: Mapping[str, Any], language: str) -> Node:
    return {"location": _place(ready, language), "parentOrganization": _named_publisher(language)}


#: What a type says besides what all say.
_OWN: dict[str, Callable[[Mapping[str, Any], str], Node]] = {
    "city": _city,
    "exhibit": _event,
    "visit": _event,
    "activity": _event,
    "agreement": _agreement,
    "announcement": _announcement,
    "alert": _alert,
    "works": _project,
}


def _place(ready: Mapping[str, Any], language: str) -> Node | None:
    return {"@type": "Place", "name": text(ready["place"], language)} if ready["place"] else None


def _cities(ready: Mapping[str, Any], language: str) -> list[Node]:
    related = {each["uid"]: each for each in ready["related"]}
    return [
        {"@type": "City", "@id": f"{_whole(city['url'][CHINESE])}#record", "name": text(city["title"], language)}
        for uid in ready["relations"]["cities"]
        if (city := related.get(uid)) and city["url"]
    ]


def _date(written: str | None, precision: str) -> str | None:
    """A date as exactly as it is known; None where ISO 8601 has no way to say that."""
    return written[: _WRITTEN[precision]] if written and precision in _WRITTEN else None


def _other(names: Mapping[str, str | None], language: str) -> str | None:
    """The name in the other language."""
    return names.get(CHINESE if language == ENGLISH else ENGLISH) if names.get(ENGLISH) else None


def _stated(node: Node) -> Node:
    """The node without what is not known."""
    return {name: value for name, value in node.items() if value}


def _whole(address: str) -> str:
    return settings.BASE_URL + address


def _site() -> str:
    return _whole("/#site")


def _publisher() -> str:
    """As the catalogues of open data name the publisher."""
    return _whole("/opendata/#publisher")


def _named_publisher(language: str) -> Node:
    name = text(theme().identity["department"], language)
    return {"@type": "GovernmentOrganization", "@id": _publisher(), "name": name}


def _report_id(code: str) -> str:
    return _whole(f"/#source-{code}")
