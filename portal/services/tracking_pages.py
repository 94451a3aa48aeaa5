"""The pages on which a case is tracked, through the theme."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext, override

from portal.cases.deadlines.counting import Deadline
from portal.cases.kinds.declaration import Transition
from portal.core.languages import DJANGO_CODES
from portal.rendering.dates import display_moment
from portal.rendering.whole import Meta
from portal.services import fields
from portal.services.entering import FILES
from portal.services.next_steps import next_step
from portal.services.offered import COMPLAINT, OFFERS, Words
from portal.services.pages import faulty, file_input, limit, page
from portal.services.paths import TRACK
from portal.services.tracking import Matter, Standing, asked

#: The steps that take a matter to its next stage and that add files to it, besides the transitions of the kind.
CONTINUE, ATTACH = "continue", "attach"


def track(language: str, *, reference: str = "", problems: Mapping[str, str] | None = None) -> str:
    """The form to track a case. ``reference`` is what was typed; a secret is never shown again."""
    with override(DJANGO_CODES[language]):
        title = gettext("Track your case")
        problems = problems or {}
        context = {"title": title, "reference": reference, "problems": problems}
        return page("track", Meta(faulty(title, problems), path=TRACK, is_indexed=False), language, context)


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
            **file_input(file_problem),
        }
        meta = Meta(faulty(gettext("Track your case"), problems), path=TRACK, is_indexed=False)
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
        "limit": limit(_running(each), language),
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
