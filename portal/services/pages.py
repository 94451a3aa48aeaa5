"""The pages of the room, through the theme."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext, override

from portal.cases.attachments.content_types import ACCEPTED
from portal.cases.attachments.limits import FILING, MEGABYTE, MOST_BYTES
from portal.cases.deadlines.counting import Deadline
from portal.cases.deadlines.explaining import explain
from portal.cases.kinds.declaration import Transition
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
from portal.services.next_steps import next_step
from portal.services.offered import COMPLAINT, OFFERS, Words, is_open
from portal.services.paths import TRACK, VENUES
from portal.services.tracking import Matter, Standing, asked

#: The steps that take a matter to its next stage and that add files to it, besides the transitions of the kind.
CONTINUE, ATTACH = "continue", "attach"


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
        meta = Meta(_faulty(title, problems), summary, entry.offer.path, is_indexed=not problems)
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
            **_file_input(problems.get(FILES, "")),
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
            "limit": _limit(deadline_of(done.case), language),
        }
        return page("filed", Meta(title, path=entry.offer.path, is_indexed=False), language, context)


def track(language: str, *, reference: str = "", problems: Mapping[str, str] | None = None) -> str:
    """The form to track a case. ``reference`` is what was typed; a secret is never shown again."""
    with override(DJANGO_CODES[language]):
        title = gettext("Track your case")
        problems = problems or {}
        context = {"title": title, "reference": reference, "problems": problems}
        return page("track", Meta(_faulty(title, problems), path=TRACK, is_indexed=False), language, context)


def standing(
    found: Matter,
    secret: str,
    language: str,
    *,
    done: str = "",
    transition: Transition | None = None,
    typed: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
    file_problem: str = "",
) -> str:
    """Where a case stands, and what the citizen can do. ``done`` says what has just been done, ``typed`` and
    ``problems`` belong to a transition that was tried, ``file_problem`` to files.
    """
    with override(DJANGO_CODES[language]):
        problems = {**(problems or {}), **({FILES: file_problem} if file_problem else {})}
        context = {
            "title": found.reference,
            "matter": found,
            "secret": secret,
            "done": done,
            "standings": [_standing(each, language) for each in found.standings],
            "actions": [
                {
                    "transition": each,
                    "label": _button(found, each),
                    "inputs": [
                        fields.asked(
                            field,
                            (typed or {}).get(field.name, "") if each is transition else "",
                            problem=problems.get(field.name, "") if each is transition else "",
                        )
                        for field in asked(each)
                    ],
                }
                for each in found.open_to_citizen
            ],
            "problems": list(problems.items()),
            "takes_files": found.newest.case.closed_at is None,
            **_file_input(file_problem),
        }
        meta = Meta(_faulty(gettext("Track your case"), problems), path=TRACK, is_indexed=False)
        return page("standing", meta, language, context)


def sure(found: Matter, secret: str, step: str, language: str) -> str:
    """Whether the citizen is sure about a step that cannot be taken back: to withdraw, or, with ``continue``, to take
    the matter to its next stage.
    """
    with override(DJANGO_CODES[language]):
        if step == CONTINUE and found.next_stage is not None:
            title = gettext("Take it to the next stage: %(stage)s?") % {"stage": found.next_stage.label}
            sentence = gettext(
                "What you wrote, and what happened since, goes with it. You see it with the same reference number and "
                "secret."
            )
            yes = gettext("Yes, take it there")
        else:
            words = _words(found)
            title, sentence = str(words.withdraw_title), str(words.withdraw_means)
            yes = str(words.withdraw_yes)
        context = {"title": title, "matter": found, "secret": secret, "step": step, "sentence": sentence, "yes": yes}
        return page("sure", Meta(title, path=TRACK, is_indexed=False), language, context)


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


def _standing(each: Standing, language: str) -> dict[str, Any]:
    case, kind = each.case, each.kind
    stage = kind.stages_by_name.get(case.stage or "")
    return {
        "reference": case.reference,
        "stage": stage.label if stage else kind.label,
        "state": kind.states_by_name[case.state].label,
        "is_closed": case.closed_at is not None,
        "kept": _kept(each, language),
        "next_step": next_step(kind.name, case.state, case.stage),
        "limit": _limit(_running(each), language),
        "steps": [
            {
                "title": step.title,
                "when": display_moment(step.at.isoformat(), language),
                "said": [(field.label, fields.shown(field, value, language)) for field, value in step.said],
            }
            for step in each.steps
        ],
    }


def _kept(each: Standing, language: str) -> list[tuple[Promise, SafeString | str | None]]:
    """What a case reserves: labels and values of the fields that say it."""
    reserves = each.kind.reserves
    known = [each.kind.fields_by_name[name] for name in reserves.fields] if reserves else []
    return [(field.label, value) for field, value in fields.rows(known, each.case.data, language) if value]


def _running(each: Standing) -> Deadline | None:
    """The time limit to show; none once the office has answered a booking, and its clock stands still for good."""
    is_answered = each.kind.reserves is not None and each.deadline is not None and each.deadline.due is None
    return None if is_answered else each.deadline


def _words(found: Matter) -> Words:
    """What pages say of cases of this kind."""
    return OFFERS.get(found.newest.kind.name, COMPLAINT).words


def _button(found: Matter, transition: Transition) -> str:
    """What stands on the button of a citizen's step."""
    if transition.name == "supplement":
        return gettext("Send what was missing")
    return str(_words(found).withdraw if transition.name == "withdraw" else transition.label)


def _gives_address(entry: Entry) -> bool:
    """Whether an e-mail address was given."""
    return any(entry.typed[field.name] for field in entry.offer.fields if field.rule is EMAIL)


def _limit(deadline: Deadline | None, language: str) -> dict[str, Any] | None:
    """A time limit with its explanation; None where none runs."""
    if deadline is None:
        return None
    due = display_date(deadline.due.isoformat(), language) if deadline.due else None
    return {"due": due, "explanation": explain(deadline, language)}


def _file_input(problem: str) -> dict[str, Any]:
    """The input of files: what it takes, and what is wrong with what was chosen."""
    limits = {"count": FILING.count, "each": MOST_BYTES // MEGABYTE, "all": FILING.bytes // MEGABYTE}
    return {"file_limits": limits, "accepted": ACCEPTED, "file_problem": problem}


def _faulty(title: str, problems: Mapping[str, str]) -> str:
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
