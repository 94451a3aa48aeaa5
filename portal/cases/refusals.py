"""Why a service refuses what it was asked: each an exception with a code for programs and a message in both languages.

A refusal leaves nothing half done: it is raised before anything is written, or takes the transaction with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from portal.core.languages import DJANGO_CODES, LANGUAGES


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong. ``pointer`` (RFC 6901) leads to the member, ``/amount``, in the object of values;
    empty for the whole. ``params`` may hold lazy texts.
    """

    pointer: str
    code: str
    text: Promise
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """What is wrong, in the active language."""
        return str(self.text) % {name: str(value) for name, value in self.params.items()}

    @property
    def messages(self) -> dict[str, str]:
        """What is wrong, as a language map."""
        return _both(self)

    @property
    def name(self) -> str:
        """The name of the field; empty for the whole."""
        return self.pointer.removeprefix("/")


class Refused(Exception):
    """A service refuses. ``code`` names the reason for programs."""

    code = "refused"
    text: Promise = _("This cannot be done.")

    def __init__(self, **params: Any) -> None:
        self.params = params
        super().__init__(self.code)

    @property
    def message(self) -> str:
        """Why, in the active language."""
        return str(self.text) % {name: str(value) for name, value in self.params.items()}

    @property
    def messages(self) -> dict[str, str]:
        """Why, as a language map."""
        return _both(self)

    def __str__(self) -> str:
        return self.message


class ValuesInvalid(Refused):
    """Some values are not as the kind declares. ``problems`` names every one of them, in the order of the fields."""

    code = "values-invalid"
    text = _("Some of the values are missing or not as they should be.")

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__()
        self.problems = tuple(problems)

    def __str__(self) -> str:
        # Codes and names only: what was sent may be personal.
        return "; ".join(f"{problem.pointer or '/'}: {problem.code}" for problem in self.problems)


class Taken(ValuesInvalid):
    """A resource is kept by another in a part of the period. ``fields`` are the names of those that say which resource,
    and from when to when.
    """

    code = "taken"
    text = _("It is taken in a part of this time.")

    def __init__(self, problem: Problem, fields: Sequence[str]) -> None:
        super().__init__([problem])
        self.fields = tuple(fields)


class KindUnknown(Refused):
    """There is no such kind of case."""

    code = "kind-unknown"
    text = _("There is no such kind of case.")


class CaseUnknown(Refused):
    """There is no case of that reference number."""

    code = "case-unknown"
    text = _("There is no case with this reference number.")


class TransitionUnknown(Refused):
    """The kind has no such transition. ``known`` are those that it has."""

    code = "transition-unknown"
    text = _("There is no step “%(transition)s” for this kind of case.")


class WrongTransition(Refused):
    """The transition does not start where the case stands (or not at its stage)."""

    code = "wrong-transition"
    text = _("The step “%(transition)s” is not possible while the case is “%(state)s”.")


class NotAllowed(Refused):
    """The transition is not for whoever asks."""

    code = "not-allowed"
    text = _("The step “%(transition)s” is not open to you.")


class StaleVersion(Refused):
    """The case has changed since whoever asks last read it. ``params`` holds ``version`` and ``expected``."""

    code = "stale-version"
    text = _("The case has changed in the meantime: it is at version %(version)s, not %(expected)s. Read it again.")


class MomentWrong(Refused):
    """The moment that the sender names in ``member`` (``received_at``, ``occurred_at``) is before ``earliest``, lies
    ahead or has no time zone.
    """

    code = "moment-wrong"
    text = _("“%(member)s” must have a time zone and lie between %(earliest)s and now.")


class CannotFollow(Refused):
    """The earlier case cannot be followed by one of this stage."""

    code = "cannot-follow"
    text = _("A case of the stage “%(stage)s” cannot follow this one.")


class AlreadyFollowed(Refused):
    """The earlier case is followed by another already. ``params`` holds its ``reference``."""

    code = "already-followed"
    text = _("This case has been followed by another already: %(reference)s.")


class CannotMerge(Refused):
    """The two cases cannot become one."""

    code = "cannot-merge"
    text = _(
        "Two cases can be merged if they are of one kind, stage and agency and neither has been merged or continued."
    )


class NotClosed(Refused):
    """Only a closed case can be reopened, and not one that was merged or that another follows."""

    code = "not-closed"
    text = _("Only a closed case can be reopened, and not one that was merged or is continued by another.")


class MergedAlready(Refused):
    """A merged case changes no more."""

    code = "merged-already"
    text = _("This case was merged with another and changes no more.")


def _both(said: Problem | Refused) -> dict[str, str]:
    texts = {}
    for language in LANGUAGES:
        with override(DJANGO_CODES[language]):
            texts[language] = said.message
    return texts
