"""The facts of a record as terms and values: what its own type's members say, in the order in which its page
lists them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from portal.core.languages import CHINESE
from portal.publication.codelists import code_list
from portal.publication.types import BY_PLURAL, TYPES
from portal.rendering import city_facts, dates
from portal.rendering.date_elements import time_element
from portal.rendering.members import ORDER, SAID_WHEN_MISSING, term
from portal.rendering.quantities import quantity
from portal.rendering.sources import Sources
from portal.rendering.texts import inline, inline_list, link, plain


@dataclass(frozen=True)
class Fact:
    """A term and its values. More than one value is a list."""

    term: str
    values: tuple[SafeString, ...]
    seal: SafeString
    stated: bool = True


def facts(
    record: Mapping[str, Any], sources: Sources, language: str, members: Iterable[str] | None = None
) -> list[Fact]:
    """The facts of a ready record in the active language: those of its page, or of some members. Members without a
    value are left out, but for those whose absence says something.
    """
    chosen = ORDER.get(record["type"], ()) if members is None else members
    return [fact for member in chosen for fact in facts_of(record, member, sources, language)]


def facts_of(record: Mapping[str, Any], member: str, sources: Sources, language: str) -> list[Fact]:
    """The facts that one member of a ready record makes: several where it names people or quantities."""
    if member == "people":
        return _people(record, sources, language)
    if member == "quantities":
        return _quantities(record, sources, language)
    name = term(record["type"], member)
    values = tuple(filter(None, _READERS.get(member, _default)(record, member, language)))
    if values:
        return [Fact(name, values, sources.seal(_proved_by(member), name))]
    if member in SAID_WHEN_MISSING.get(record["type"], ()):
        return [Fact(name, (format_html("{}", gettext("Not stated in the report")),), SafeString(""), stated=False)]
    return []


def _proved_by(member: str) -> str:
    return "relations" if member in ("cities", "supersedes") else member


_Values = Iterable[SafeString]


def _default(record: Mapping[str, Any], member: str, language: str) -> _Values:
    """A code by its label, a text, or a list of texts."""
    value = record.get(member)
    if member in record["labels"]:
        return [inline(record["labels"][member], language)]
    if isinstance(value, Mapping):
        return [inline(value, language)]
    if isinstance(value, list):
        return [inline(each, language) for each in value]
    return [format_html("{}", value)] if value else []


def _dates(record: Mapping[str, Any], member: str, language: str) -> _Values:
    if record["type"] == "works" and record["due"] and not record["dates"]["start"]:
        return []
    return [time_element(dates.display_dates(record["dates"], language))]


def _date(record: Mapping[str, Any], member: str, language: str) -> _Values:
    return [time_element(dates.display_date(record.get(member), language))]


def _country(record: Mapping[str, Any], member: str, language: str) -> _Values:
    parts = [part for part in (record["labels"].get("country"), record.get("region")) if part]
    return [inline_list(parts, language)] if parts else []


def _cities(record: Mapping[str, Any], member: str, language: str) -> _Values:
    related = {each["uid"]: each for each in record["related"]}
    uids = [uid for uid in record["relations"]["cities"] if uid in related]
    return [link(related[uid]["title"], related[uid]["url"], language) for uid in uids]


def _supersedes(record: Mapping[str, Any], member: str, language: str) -> _Values:
    uid = record["relations"].get("supersedes")
    return [link(each["title"], each["url"], language) for each in record["related"] if each["uid"] == uid]


def _direction(record: Mapping[str, Any], member: str, language: str) -> _Values:
    labels = record["labels"]
    members = ["direction", "mode"] if record["mode"] == "in-person" or record["direction"] != "online" else ["mode"]
    return [inline_list([labels[each] for each in members if each in labels], language)]


def _ordinal(record: Mapping[str, Any], member: str, language: str) -> _Values:
    if not record["ordinal"]:
        return []
    return [
        format_html("{}", gettext("No. %(number)s of the sister and partner cities") % {"number": record["ordinal"]})
    ]


def _phase(record: Mapping[str, Any], member: str, language: str) -> _Values:
    return [format_html("{}", gettext("Phase %(number)s") % {"number": record["phase"]})] if record["phase"] else []


def _objects(record: Mapping[str, Any], member: str, language: str) -> _Values:
    for item in record[member]:
        name = inline(item["name"], language)
        if item.get("note"):
            yield format_html('{} <span class="note">{}</span>', name, inline(item["note"], language))
        elif item.get("quantity"):
            yield format_html("{} {}", name, quantity(item["quantity"], language))
        else:
            yield name


def _effective(record: Mapping[str, Any], member: str, language: str) -> _Values:
    span = record["effective"]
    if not span or not (span["from"] or span["to"]):
        return []
    days = {"start": span["from"], "end": span["to"], "ongoing": not span["to"], "precision": "day"}
    return [time_element(dates.display_dates(days, language))]


def _contact(record: Mapping[str, Any], member: str, language: str) -> _Values:
    contact = record["contact"]
    if not contact:
        return
    if contact["name"]:
        yield inline(contact["name"], language)
    if contact["phone"]:
        digits = "".join(each for each in contact["phone"] if each.isdigit() or each == "+")
        yield format_html('<a href="tel:{}">{}</a>', digits, contact["phone"])
    if contact["email"]:
        yield format_html('<a href="mailto:{}">{}</a>', contact["email"], contact["email"])


def _website(record: Mapping[str, Any], member: str, language: str) -> _Values:
    url = record["website"]
    return [format_html('<a href="{}" rel="external">{}</a>', url, url.split("://", 1)[1].rstrip("/"))] if url else []


def _file(record: Mapping[str, Any], member: str, language: str) -> _Values:
    file = record["file"]
    if not file:
        return []
    return [
        format_html(
            "{} ({}, {})",
            link(file["title"], file["url"], language),
            file["type"],
            gettext("%(size)s kB") % {"size": -(-file["size"] // 1000)},
        )
    ]


def _topics(record: Mapping[str, Any], member: str, language: str) -> _Values:
    plural = TYPES[record["type"]].plural
    prefix = "" if language == CHINESE else "/en"
    names = [
        format_html('<a href="{}/{}/?topic={}">{}</a>', prefix, plural, uid, inline(label, language))
        if plural in BY_PLURAL
        else inline(label, language)
        for uid, label in record["labels"]["topics"].items()
    ]
    joiner = "、" if language == CHINESE else ", "
    return [format_html_join(joiner, "{}", ((name,) for name in names))] if names else []


#: How a member is read, where it is not simply a code, a text or a list of texts.
_READERS: dict[str, Callable[[Mapping[str, Any], str, str], _Values]] = {
    "dates": _dates,
    "since": _date,
    "due": _date,
    "completed": _date,
    "issued": _date,
    "updated": _date,
    "withdrawn": _date,
    "country": _country,
    "cities": _cities,
    "supersedes": _supersedes,
    "direction": _direction,
    "ordinal": _ordinal,
    "phase": _phase,
    "objects": _objects,
    "items": _objects,
    "effective": _effective,
    "contact": _contact,
    "website": _website,
    "location": city_facts.location,
    "distance": city_facts.distance,
    "derived.last_exchange": city_facts.last_exchange,
    "derived.counts": city_facts.counts,
    "file": _file,
    "topics": _topics,
}


def _people(record: Mapping[str, Any], sources: Sources, language: str) -> list[Fact]:
    """One fact per role, each person sealed."""
    roles: dict[str, list[SafeString]] = {}
    for position, each in enumerate(record["people"]):
        seal = sources.seal(f"people/{position}", plain(each["name"], language))
        roles.setdefault(each["role"], []).append(format_html("{}{}", person(each, language), seal))
    names = code_list("", "role") or {}
    return [Fact(plain(names[role], language), tuple(people), SafeString("")) for role, people in roles.items()]


def person(named: Mapping[str, Any], language: str) -> SafeString:
    """A PERSON of a document: the name, and the post in the order of the language."""
    name = inline(named["name"], language)
    posts = [plain(named[each], language) for each in ("affiliation", "title") if named[each]]
    post = "".join(posts) if language == CHINESE else ", ".join(reversed(posts))
    words = format_html('{} <span class="note">{}</span>', name, post) if post else name
    if language != CHINESE and named["name_status"] == "unverified":
        words = format_html('{} <span class="note">({})</span>', words, gettext("Latin name not known"))
    return words


def _quantities(record: Mapping[str, Any], sources: Sources, language: str) -> list[Fact]:
    """One fact per quantity: its label is the term."""
    return [
        Fact(
            plain(each["label"], language),
            (quantity(each, language),),
            sources.seal(f"quantities/{position}", plain(each["label"], language)),
        )
        for position, each in enumerate(record["quantities"])
    ]
