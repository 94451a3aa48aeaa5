"""Atom feeds: the records of a type, those of a city, and every row of the log.

An entry of a type's or a city's feed is a record, known by its uid: a new version updates it. An entry of the changes
is a row of the log, which only a redaction updates; a withdrawal is an entry of its own there, and nowhere else. The
entry of an alert that does not warn on the day says so.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.csrf import csrf_exempt

from portal.core.languages import CHINESE, ENGLISH, in_language, of_path, text
from portal.publication import selectors
from portal.publication.models import LogRow
from portal.publication.selectors import Change
from portal.publication.topics import TOPICS
from portal.publication.types import BY_PLURAL, TYPES, RecordType
from portal.rendering.alerts import Mark
from portal.rendering.alerts import mark as alert_mark
from portal.rendering.theme import theme
from portal.rendering.today import today
from portal.site import atom, errors
from portal.site.atom import Category, Entry
from portal.site.below import record_above
from portal.site.methods import require_safe
from portal.site.responses import document

#: Entries of a feed at most.
ENTRIES = 50
_API = "/api/v1/"


@csrf_exempt
@require_safe
def of_type(request: HttpRequest, plural: str) -> HttpResponse:
    """The feed of a record type: its records, those that were published or corrected last."""
    kind, language = BY_PLURAL[plural], of_path(request.path)

    def make() -> str:
        records = [orjson.loads(each) for each in selectors.latest_records(kind.code, ENTRIES)]
        about = _about(
            request.path,
            f"/{plural}/",
            language,
            title=_("%(list)s – %(site)s") % {"list": kind.plural_label, "site": _site(language)},
            subtitle=_("Records as they were published or corrected, the newest first."),
        )
        return atom.document(_records(records, language), about=about)

    return _answered(request, make, language)


@csrf_exempt
@require_safe
def of_city(request: HttpRequest, path: str) -> HttpResponse:
    """The feed of a city: the city and the records that name it, those that were published or corrected last."""
    language = of_path(request.path)

    def make() -> str:
        city = record_above(request, f"/{path}", "city")
        records = [orjson.loads(each) for each in selectors.latest_of_city(city.uid, ENTRIES)]
        name = text(city.title, language)
        about = _about(
            request.path,
            f"/{path}",
            language,
            title=_("%(list)s – %(site)s") % {"list": name, "site": _site(language)},
            subtitle=_("What names this city, as it was published or corrected, the newest first."),
        )
        return atom.document(_records(records, language), about=about)

    return _answered(request, make, language)


@csrf_exempt
@require_safe
def of_changes(request: HttpRequest) -> HttpResponse:
    """The feed of the log: what was published, corrected, withdrawn and redacted."""
    language = of_path(request.path)

    def make() -> str:
        changes = selectors.latest_changes(ENTRIES)
        about = _about(
            request.path,
            "/",
            language,
            title=_("All changes – %(site)s") % {"site": _site(language)},
            subtitle=_("Every publication, correction and withdrawal, the newest first."),
        )
        return atom.document(_changes(changes, language), about=about)

    return _answered(request, make, language)


def _answered(request: HttpRequest, make: Callable[[], str], language: str) -> HttpResponse:
    def speaking() -> bytes:
        with errors.speaking(language):
            return make().encode()

    return document(request, speaking, atom.MEDIA_TYPE, is_of_day=True)


def _about(path: str, of: str, language: str, *, title: str, subtitle: str) -> dict[str, str]:
    return {
        "title": title,
        "subtitle": subtitle,
        "language": language,
        "author_name": text(theme().identity["department"], language),
        "link": settings.BASE_URL + in_language(of, language),
        "feed_url": settings.BASE_URL + path,
    }


def _site(language: str) -> str:
    return text(theme().identity["name"], language)


def _records(records: Sequence[Mapping[str, Any]], language: str) -> Iterator[Entry]:
    alerts = [each["uid"] for each in records if each["type"] == "alert"]
    successors = selectors.successors(alerts) if alerts else {}
    for each in records:
        mark = None
        if each["type"] == "alert":
            mark = alert_mark(each, successors.get(each["uid"], ()), language, today())
        yield _record(each, mark, language)


def _record(record: Mapping[str, Any], mark: Mark | None, language: str) -> Entry:
    """The entry of a ready record; an alert that does not warn says so in its title, and why."""
    title, words = text(record["title"], language), [text(record["summary"], language) or ""]
    if mark is not None:
        title = _("%(title)s (%(state)s)") % {"title": title, "state": mark.name}
        words = [text(mark.reason, language)] if mark.reason else words
        if mark.successor:
            words.append(_("Replaced by: %(title)s") % {"title": text(mark.successor.title, language)})
    return Entry(
        id=_tag(record["published_at"], record["uid"]),
        title=title,
        summary="\n".join(filter(None, words)),
        updated=record["modified_at"],
        published=record["published_at"],
        page=settings.BASE_URL + record["url"][language],
        data=f"{settings.BASE_URL}{_API}records/{record['uid']}/",
        categories=[_of_type(TYPES[record["type"]]), *_of_topics(record["topics"], language)],
        lang=_fallback(record["title"], language),
    )


def _changes(changes: list[Change], language: str) -> Iterator[Entry]:
    documents = {change.members["seq"]: orjson.loads(change.document or "null") for change in changes}
    uids = {change.members["uid"] for change in changes}
    titles, withdrawn = selectors.last_titles(uids), selectors.withdrawn_among(uids)
    redacted = selectors.moments({change.redacted_by for change in changes if change.redacted_by is not None})
    for change in changes:
        row, held = change.members, documents[change.members["seq"]]
        title = held["title"] if held and row["action"] == LogRow.Action.PUBLISH else titles.get(row["uid"])
        if change.redacted_by is not None or row["action"] == LogRow.Action.REDACT:
            title = None
        named = text(title, language) or row["uid"]
        yield Entry(
            id=_tag(row["published_at"], f"{row['uid']}/{row['version']}"),
            title=_said(row, named, is_redacted=change.redacted_by is not None),
            summary=_summary(row, held, language, is_withdrawn=row["uid"] in withdrawn),
            # Whoever has kept the words of a row learns that they are gone.
            updated=redacted.get(change.redacted_by, row["published_at"]),
            published=row["published_at"],
            page=_version_page(row, held, language),
            data=f"{settings.BASE_URL}{_API}changes/?after={row['seq'] - 1}&limit=1",
            categories=[_of_type(TYPES[row["type"]]), _of_action(row["action"])],
            lang=_fallback(title, language),
        )


def _said(row: Mapping[str, Any], name: str, *, is_redacted: bool) -> str:
    """What a row did, in a line."""
    if row["action"] == LogRow.Action.WITHDRAW:
        return _("Withdrawn: %(title)s") % {"title": name}
    if row["action"] == LogRow.Action.REDACT or is_redacted:
        return _("Taken out by law: %(title)s") % {"title": name}
    if row["version"] > 1:
        return _("%(title)s (version %(number)s)") % {"title": name, "number": row["version"]}
    return name


def _summary(row: Mapping[str, Any], held: Mapping[str, Any] | None, language: str, *, is_withdrawn: bool) -> str:
    """The words of a row: the note on a change or the summary, the note of a withdrawal, the ground of a redaction."""
    if held is None:
        return ""
    if row["action"] == LogRow.Action.WITHDRAW:
        return text(held["note"], language) or ""
    if row["action"] == LogRow.Action.REDACT:
        grounds = (text(held[name], language) for name in ("ground", "authority"))
        return " – ".join((*grounds, held["date"]))
    words = text(held["change_note"] or held["summary"], language) or ""
    return " ".join(filter(None, (_("Withdrawn since.") if is_withdrawn else "", words)))


def _version_page(row: Mapping[str, Any], held: Mapping[str, Any] | None, language: str) -> str | None:
    """The page of the version that a row published; None where there is none."""
    if held is None or row["action"] != LogRow.Action.PUBLISH or not held["path"]:
        return None
    return settings.BASE_URL + in_language(f"{held['path']}versions/{row['version']}/", language)


def _of_type(kind: RecordType) -> Category:
    return Category(kind.code, f"{settings.BASE_URL}{_API}schemas/", str(kind.label))


def _of_topics(topics: list[str], language: str) -> Iterator[Category]:
    for topic in topics:
        if topic in TOPICS:
            yield Category(topic, f"{settings.BASE_URL}{_API}records/?topic=", text(TOPICS[topic], language))


def _of_action(action: str) -> Category:
    names = {
        "publish": pgettext("change", "Published"),
        "withdraw": pgettext("change", "Withdrawn"),
        "redact": pgettext("change", "Taken out by law"),
    }
    return Category(action, f"{settings.BASE_URL}{_API}changes/", names[action])


def _tag(moment: str, name: str) -> str:
    """A tag URI (RFC 4151): this host's, of the day of the moment, for ever."""
    return f"tag:{urlsplit(settings.BASE_URL).hostname},{moment[:10]}:{name}"


def _fallback(title: Mapping[str, str | None] | None, language: str) -> str | None:
    """The language of an English feed's entry that has to show the Chinese."""
    return CHINESE if language == ENGLISH and title is not None and title[ENGLISH] is None else None
