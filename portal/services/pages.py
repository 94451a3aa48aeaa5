"""The pages of the room, through the theme: what can be filed, forms, and what all pages share."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, override

from portal.cases.attachments.content_types import ACCEPTED
from portal.cases.attachments.limits import FILING, MEGABYTE, MOST_BYTES
from portal.cases.deadlines.counting import Deadline
from portal.cases.deadlines.explaining import explain
from portal.cases.kinds.fields import Field
from portal.cases.kinds.rules import EMAIL
from portal.core.languages import DJANGO_CODES, in_language
from portal.core.outgoing import mails_are_sent
from portal.rendering.current import current_frame
from portal.rendering.dates import display_date, display_moment
from portal.rendering.whole import SERVICES, Meta, whole_page
from portal.services import fields, files
from portal.services.entering import FILES, Entry
from portal.services.filing import Filed
from portal.services.limits import deadline_of
from portal.services.offered import OFFERS, is_open
from portal.services.paths import TRACK, VENUES


def home(language: str) -> str:
    """What can be filed, and what happens then."""
    with override(DJANGO_CODES[language]):
        title = gettext("Services")
        summary = gettext("File a complaint or a petition with the city, and see at any time where it stands.")
        offers = [(offer, in_language(offer.path, language)) for offer in OFFERS.values() if is_open(offer)]
        context = {"title": title, "offers": offers}
        return page("home", Meta(title, summary, SERVICES), language, context)


def form(entry: Entry, problems: Mapping[str, str], language: str) -> str:
    """The form, with what was typed and what is wrong with it."""
    with override(DJANGO_CODES[language]):
        title = str(entry.offer.title)
        summary = str(entry.offer.words.needs)
        meta = Meta(faulty(title, problems), summary, entry.offer.path, is_indexed=not problems)
        known, autocomplete = entry.offer.kind.fields_by_name, entry.offer.autocomplete
        one_of_some = {name for group in entry.offer.kind.at_least_one for name in group}
        sections = [
            (
                section,
                [
                    fields.asked(
                        known[name],
                        entry.typed[name],
                        problem=problems.get(name, ""),
                        autocomplete=autocomplete.get(name, ""),
                        is_one_of_some=name in one_of_some,
                    )
                    for name in section.fields
                ],
            )
            for section in entry.offer.sections
        ]
        context = {
            "title": title,
            "entry": entry,
            "sections": sections,
            "problems": _linked(entry.offer.fields, problems),
            "action": in_language(entry.offer.path, language),
            "privacy": f"services/privacy/{entry.offer.words.privacy}.html",
            **file_input(problems.get(FILES, "")),
            "files": files.shown(entry),
            "retention_years": round(entry.offer.kind.retention_days / 365),
        }
        return page("form", meta, language, context)


def check(entry: Entry, language: str) -> str:
    """What was typed, to be checked before it is sent."""
    with override(DJANGO_CODES[language]):
        title = gettext("Check your answers")
        known = entry.offer.kind.fields_by_name
        sections = [
            (section, fields.rows([known[name] for name in section.fields], entry.values, language))
            for section in entry.offer.sections
        ]
        context = {
            "title": title,
            "entry": entry,
            "sections": sections,
            "action": in_language(entry.offer.path, language),
            "files": files.shown(entry),
            "numbered": [(field, entry.masked().typed[field.name]) for field in entry.numbered],
        }
        return page("check", Meta(title, path=entry.offer.path, is_indexed=False), language, context)


def filed(entry: Entry, done: Filed, language: str) -> str:
    """The reference and the secret of a case that was filed, and what happens next."""
    with override(DJANGO_CODES[language]):
        title = str(entry.offer.words.received)
        context = {
            "title": title,
            "reference": done.case.reference,
            "secret": done.secret,
            "when": display_moment(done.case.received_at.isoformat(), language),
            "is_written_to": _gives_address(entry) and mails_are_sent(),
            "words": entry.offer.words,
            "limit": limit(deadline_of(done.case), language),
        }
        return page("filed", Meta(title, path=entry.offer.path, is_indexed=False), language, context)


def said(what: str, path: str, language: str, *, reference: str = "") -> str:
    """A page that only says something: ``too-many``, ``too-many-looks``, ``elsewhere``, ``too-large``, ``no-venue``
    or ``filed-otherwise``.
    """
    with override(DJANGO_CODES[language]):
        title, sentence = {
            "too-many": (
                gettext("Too many forms"),
                gettext("Many forms came from your network. Nothing was filed. Please try again in an hour."),
            ),
            "too-many-looks": (
                gettext("Too many requests"),
                gettext("Many cases were asked for from your network. Please try again in an hour."),
            ),
            "elsewhere": (
                gettext("This form was sent from another site"),
                gettext("Nothing was filed or changed. Please fill in the form on this site."),
            ),
            "too-large": (
                gettext("This is too much"),
                gettext("What was sent is larger than the form can hold. Nothing was filed or changed."),
            ),
            "filed-otherwise": (
                gettext("This form was filed before"),
                gettext("It has filed %(reference)s, with other contents. To file something else, begin a new form.")
                % {"reference": reference},
            ),
            "no-venue": (
                gettext("No venue can be booked here at present"),
                gettext("Please ask the office that is in charge of the building."),
            ),
        }[what]
        return page("said", Meta(title, path=path, is_indexed=False), language, {"title": title, "sentence": sentence})


def _gives_address(entry: Entry) -> bool:
    """Whether an e-mail address was given."""
    return any(entry.typed[field.name] for field in entry.offer.fields if field.rule is EMAIL)


def limit(deadline: Deadline | None, language: str) -> dict[str, Any] | None:
    """A time limit with its explanation; None where none runs."""
    if deadline is None:
        return None
    due = display_date(deadline.due.isoformat(), language) if deadline.due else None
    return {"due": due, "explanation": explain(deadline, language)}


def file_input(problem: str) -> dict[str, Any]:
    """The input of files: what it takes, and what is wrong with what was chosen."""
    limits = {"count": FILING.count, "each": MOST_BYTES // MEGABYTE, "all": FILING.bytes // MEGABYTE}
    return {"file_limits": limits, "accepted": ACCEPTED, "file_problem": problem}


def faulty(title: str, problems: Mapping[str, str]) -> str:
    """A reader who hears the title of the page first hears that something is wrong."""
    return gettext("Error: %(title)s") % {"title": title} if problems else title


def _linked(asked_for: tuple[Field, ...], problems: Mapping[str, str]) -> list[tuple[str, str]]:
    """Each problem with the id of its field; without one where it is about no field that is asked for."""
    names = {field.name for field in asked_for} | {FILES}
    return [(name if name in names else "", problem) for name, problem in problems.items()]


def page(template: str, meta: Meta, language: str, context: Mapping[str, Any]) -> str:
    """A page of the room: one of the theme's templates for it, with its own context."""
    addresses = {
        "track": in_language(TRACK, language),
        "venues": in_language(VENUES, language),
        "home": in_language(SERVICES, language),
    }
    whole = {**context, "services": addresses}
    return whole_page(f"services/{template}.html", meta, language, current_frame(), whole)
