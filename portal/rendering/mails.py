"""Mails to subscribers, through the theme: a subject, a plain text and simple HTML. No pictures and nothing that tells
whether a mail was opened.
"""

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext, ngettext, override, pgettext

from portal.core.languages import DJANGO_CODES, in_language
from portal.core.languages import text as in_one
from portal.publication.types import TYPES
from portal.rendering import alerts, dates, rows
from portal.rendering.texts import LanguageMap, plain
from portal.rendering.theme import theme
from portal.rendering.today import today

_EMPTY_LINES = re.compile(r"\n{3,}")
_ALERT = "alert"


@dataclass(frozen=True)
class Written:
    """A mail's subject (one line) and its two bodies."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Links:
    """Absolute addresses at which a subscriber changes and ends a subscription."""

    manage: str
    end: str


@dataclass(frozen=True)
class Change:
    """What became of a record: ``new``, ``changed`` or ``withdrawn``. ``record`` is the ready record, None where it is
    withdrawn; ``note`` is the public note on the change; ``path`` is its Chinese path. ``successors`` are the public
    alerts that supersede an alert.
    """

    type: str
    action: str
    record: Mapping[str, Any] | None
    note: LanguageMap | None
    path: str | None
    successors: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class Beside:
    """Another alert that a mail names: what it is to the one told of, its title, its absolute address."""

    said: str
    title: LanguageMap
    address: str


@dataclass(frozen=True)
class Item:
    """A change as a mail shows it. ``said`` is what it is: a kind of record, and what happened to it; ``state`` is how
    an alert stands when the mail is written, ``beside`` the alert that it replaces and the one that has replaced it.
    """

    said: str
    title: LanguageMap | None
    summary: LanguageMap | None
    note: LanguageMap | None
    when: dates.DateText | None
    address: str | None
    is_alert: bool
    state: str = ""
    beside: Sequence[Beside] = ()


def write_confirmation(
    subjects: Sequence[LanguageMap], *, is_everything: bool, link: str, until: datetime.datetime, language: str
) -> Written:
    """The mail that asks whoever has an address whether they want to follow."""
    with override(DJANGO_CODES[language]):
        context = {
            "subjects": subjects,
            "is_everything": is_everything,
            "link": link,
            "until": dates.display_moment(until.isoformat(), language),
        }
        subject = gettext("Please confirm: e-mails from %(site)s") % {"site": _site(language)}
        return written("confirm", subject, context, language)


def write_changes(changes: Sequence[Change], *, left_out: int, links: Links, language: str) -> Written:
    """The mail that tells a subscriber of changes; ``left_out`` are those that it does not name."""
    with override(DJANGO_CODES[language]):
        items = [_item(change, language) for change in changes]
        context = {
            "items": items,
            "left_out": left_out,
            "links": links,
            "home": settings.BASE_URL + in_language("/", language),
        }
        return written("changes", _subject(items, left_out, language), context, language)


def written(template: str, subject: str, context: Mapping[str, Any], language: str) -> Written:
    """The mail of a template of the theme, in the active language, which ``language`` names."""
    chosen = theme()
    whole = {**context, "language": language, "identity": chosen.identity, "subject": subject}
    text = chosen.render(f"mails/{template}.txt", whole)
    return Written(
        # A header is one line, whatever a title holds.
        subject=" ".join(subject.split()),
        text=_EMPTY_LINES.sub("\n\n", text).strip() + "\n",
        html=chosen.render(f"mails/{template}.html", whole),
    )


def _subject(items: Sequence[Item], left_out: int, language: str) -> str:
    count = len(items) + left_out
    first = items[0]
    if count == 1:
        named = plain(first.title, language)
        return _joined(first.said, named) if named else first.said
    if first.is_alert:
        named = _joined(first.said, plain(first.title, language))
        more = ngettext("%(first)s, and %(number)s more", "%(first)s, and %(number)s more", count - 1)
        return more % {"first": named, "number": count - 1}
    changes = ngettext("%(number)s change: %(site)s", "%(number)s changes: %(site)s", count)
    return changes % {"number": count, "site": _site(language)}


def _item(change: Change, language: str) -> Item:
    kind = str(TYPES[change.type].label)
    standing = ""
    if change.type == _ALERT and change.record is not None:
        standing = alerts.state(change.record, today(), change.successors)
    action = "withdrawn" if standing == alerts.WITHDRAWN else change.action
    said = {
        "new": "%(kind)s",
        "changed": pgettext("what a mail tells of", "%(kind)s changed"),
        "withdrawn": pgettext("what a mail tells of", "%(kind)s withdrawn"),
    }[action]
    row = rows.row(change.record, language, datetime.date.min) if change.record is not None else None
    return Item(
        said=said % {"kind": kind},
        title=row.title if row else None,
        summary=row.summary if row else None,
        note=change.note if action != "new" else None,
        when=row.when if row else None,
        address=settings.BASE_URL + in_language(change.path, language) if change.path else None,
        is_alert=change.type == _ALERT,
        # A withdrawn one is said to be that.
        state=alerts.state_name(standing) if standing and action != "withdrawn" else "",
        beside=list(_beside(change.record, change.successors, language)) if standing and change.record else [],
    )


def _beside(alert: Mapping[str, Any], successors: Sequence[Mapping[str, Any]], language: str) -> Iterator[Beside]:
    replaced = next((each for each in alert["related"] if each["uid"] == alert["relations"]["supersedes"]), None)
    by = next((each for each in successors if alerts.replaces_on(each, today())), None)
    for said, other in ((pgettext("what a mail tells of", "Replaces"), replaced), (gettext("Replaced by"), by)):
        if other is not None and other["url"]:
            yield Beside(said, other["title"], settings.BASE_URL + other["url"][language])


def _site(language: str) -> str:
    return in_one(theme().identity["name"], language)


def _joined(first: str, second: str) -> str:
    return gettext("%(what)s: %(title)s") % {"what": first, "title": second}
