"""What the members of a document say, as lines of plain text in the words of its page: for comparing versions."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext

from portal.core.languages import is_language_map
from portal.publication.codelists import LISTS
from portal.publication.topics import TOPICS
from portal.rendering.checks import statement
from portal.rendering.facts import facts_of, person
from portal.rendering.members import ORDER, term
from portal.rendering.quantities import number
from portal.rendering.sources import Sources
from portal.rendering.texts import plain
from portal.statistics.evaluation import Evaluation

#: Members that a version of a record has besides what it says, and those that are compared elsewhere.
_BESIDES = frozenset({"schema", "uid", "type", "change_note", "body", "media", "table"})
#: Members whose items are words of a language that is not said.
IN_WORDS = frozenset({"source", "path", "website"})
#: Members that follow from others: what they have no words for is not told.
DERIVED = frozenset({"translation"})
#: Members that one fact tells together.
_TOGETHER = {"direction": ("direction", "mode"), "country": ("country", "region")}

Document = Mapping[str, Any]


def members(document: Document) -> dict[str, Any]:
    """What a document says by member, in the order of its page; the body, the pictures and the table of a dataset
    apart.
    """
    relations = document["relations"]
    rest = {name: value for name, value in document.items() if name not in _BESIDES and name != "relations"}
    rest |= {"cities": relations["cities"], "related": relations["related"], "supersedes": relations.get("supersedes")}
    for name, parts in _TOGETHER.items():
        if name in rest:
            rest[name] = [rest.pop(part, None) for part in parts]
    first = ("title", "summary", *(name for name in ORDER.get(document["type"], ()) if not name.startswith("derived.")))
    return {name: rest[name] for name in (*first, *sorted(rest.keys() - set(first))) if name in rest}


def lines(record: Document, member: str, value: Any, language: str) -> list[str]:
    """A member of a ready record, item by item. ``value`` is what `members` has of it. Texts of the interface are in
    the active language; a text that is missing in this one makes no line where it stands alone.
    """
    reader = _READERS.get(member)
    if reader is not None:
        return list(reader(record, value, language))
    if is_language_map(value):
        return [value[language]] if value[language] else []
    if value in (None, [], ""):
        return []
    found = facts_of(record, member, Sources({}, language), language)
    # A quantity's label is the term of its fact.
    return [
        f"{fact.term}{_colon()}{_text(each)}" if member == "quantities" else _text(each)
        for fact in found
        for each in fact.values
    ]


def is_in_words(value: Any) -> bool:
    """Whether a member holds texts, so that what changed in it is marked word by word."""
    return any(True for _each in _maps(value))


def texts(value: Any, language: str) -> list[str | None]:
    """The texts in a language that a member holds, wherever they lie in it."""
    return [each[language] for each in _maps(value)]


def _maps(value: Any) -> Iterator[Mapping[str, Any]]:
    if is_language_map(value):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _maps(each)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for each in value:
            yield from _maps(each)


def _text(html: str) -> str:
    return " ".join(unescape(strip_tags(html)).split())


def _colon() -> str:
    return gettext(": ")


def _titles(record: Document, uids: Sequence[str], language: str) -> Iterator[str]:
    """Records by their titles; by their uids where those are not public any more."""
    related = {each["uid"]: each["title"] for each in record["related"]}
    return (plain(related.get(uid), language) or uid for uid in uids)


def _people(record: Document, value: Any, language: str) -> Iterator[str]:
    for each in value:
        role, status = (plain(LISTS[f"*.{name}"][each[name]], language) for name in ("role", "name_status"))
        yield f"{role}{_colon()}{_text(person(each, language))} ({status})"


def _topics(record: Document, value: Any, language: str) -> Iterator[str]:
    return (plain(TOPICS.get(topic), language) or topic for topic in value)


def _sources(record: Document, value: Any, language: str) -> Iterator[str]:
    comma = gettext(", ")
    for source in Sources(record, language):
        where = f"{plain(source.document, language)}{comma}{source.section}"
        words = gettext("%(what)s: “%(quote)s” (%(where)s)") % {
            "what": comma.join(source.proves),
            "quote": source.quote,
            "where": where,
        }
        yield words
        if source.doubt:
            yield gettext("What is open: %(doubt)s") % {"doubt": plain(source.doubt, language)}


def _translation(record: Document, value: Any, language: str) -> Iterator[str]:
    for path, state in value["en"].items():
        if state != "current":
            label = plain(LISTS["*.translation"][state], language)
            yield f"{term(record['type'], path.partition('/')[0])}{_colon()}{label}"


def _dimensions(record: Document, value: Any, language: str) -> Iterator[str]:
    for dimension in value:
        label = plain(dimension["label"], language)
        yield f"{label} ({dimension['code']})"
        yield from (f"{label} · {plain(each['label'], language)} ({each['code']})" for each in dimension["codes"])


def _measures(record: Document, value: Any, language: str) -> Iterator[str]:
    for measure in value:
        shown = number("0", measure["unit"], language)
        unit = shown.unit if shown else measure["unit"]
        yield f"{plain(measure['label'], language)} ({measure['code']}){_colon()}{unit}"


def _notes(record: Document, value: Any, language: str) -> Iterator[str]:
    return (each[language] for each in value if each[language])


def _checks(record: Document, value: Any, language: str) -> Iterator[str]:
    comma = gettext(", ")
    for check in value:
        said = [
            plain(LISTS["dataset.check_kind"][check["kind"]], language),
            statement(record, Evaluation(check, None, (), {}), language),
        ]
        if check["dataset"]:
            said += _titles(record, [check["dataset"]], language)
        if check["tolerance"]:
            said.append(gettext("tolerance %(number)s") % {"number": check["tolerance"]})
        if check["rounding"]:
            said.append(plain(LISTS["dataset.rounding"][check["rounding"]], language))
        yield comma.join(said)
        if check["explanation"]:
            yield gettext("Why: %(explanation)s") % {"explanation": plain(check["explanation"], language)}


def _charts(record: Document, value: Any, language: str) -> Iterator[str]:
    for chart in value:
        yield plain(chart["title"], language)
        yield plain(chart["description"], language)
        rest = {name: part for name, part in chart.items() if name not in ("title", "description")}
        yield ", ".join(f"{name} = {json.dumps(part, ensure_ascii=False)}" for name, part in rest.items())


def _website(record: Document, value: Any, language: str) -> Iterator[str]:
    return iter([value] if value else [])


_READERS: dict[str, Callable[[Document, Any, str], Iterator[str]]] = {
    "cities": _titles,
    "related": _titles,
    "supersedes": lambda record, value, language: _titles(record, [value] if value else [], language),
    "people": _people,
    "topics": _topics,
    "source": _sources,
    "translation": _translation,
    "dimensions": _dimensions,
    "measures": _measures,
    "notes": _notes,
    "checks": _checks,
    "charts": _charts,
    "website": _website,
    "path": _website,
}
