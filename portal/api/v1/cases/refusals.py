"""Why a case or an event is not taken, as problem documents whose ``errors`` name each member.

An entry of ``errors`` holds ``pointer`` (RFC 6901, from the top of what was sent), ``code`` and ``message``. What was
sent is not repeated: it may be personal.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from portal.api.v1.problems import (
    CONFLICT,
    NOT_ALLOWED,
    NOT_FOUND,
    PRECONDITION_FAILED,
    PRECONDITION_REQUIRED,
    TOO_LARGE,
    VALUES_INVALID,
    Kind,
    Problem,
)
from portal.cases.attachments.refusals import FileRefused
from portal.cases.kinds.validation import pointer
from portal.cases.refusals import MomentWrong, Refused, Taken, ValuesInvalid

#: Code of a refusal → what kind of problem it is, and the member that it is about.
_KNOWN: dict[str, tuple[Kind, str]] = {
    "kind-unknown": (NOT_FOUND, ""),
    "case-unknown": (NOT_FOUND, ""),
    "transition-unknown": (VALUES_INVALID, "/type"),
    "wrong-transition": (CONFLICT, "/type"),
    "not-allowed": (NOT_ALLOWED, "/type"),
    "stale-version": (PRECONDITION_FAILED, ""),
    "counts-unseen": (PRECONDITION_REQUIRED, ""),
    "stale-counts": (PRECONDITION_FAILED, ""),
    "moment-wrong": (VALUES_INVALID, ""),
    "cannot-follow": (CONFLICT, "/follows"),
    "already-followed": (CONFLICT, "/follows"),
    "cannot-merge": (CONFLICT, "/into"),
    "not-closed": (CONFLICT, "/type"),
    "merged-already": (CONFLICT, "/type"),
    "case-closed": (CONFLICT, ""),
    "attachment-unknown": (NOT_FOUND, ""),
    "attachment-erased": (NOT_FOUND, ""),
    "file-too-large": (TOO_LARGE, "/file"),
}
_FILE: tuple[Kind, str] = (VALUES_INVALID, "/file")
_OTHER: tuple[Kind, str] = (CONFLICT, "")
_MOST_UNKNOWN_TOLD = 20


def entry(at: str, code: str, message: str) -> dict[str, str]:
    """An entry of ``errors``."""
    return {"pointer": at, "code": code, "message": message}


def invalid(errors: Sequence[dict[str, str]]) -> Problem:
    """The problem of these errors."""
    return Problem(VALUES_INVALID, str(ValuesInvalid.text), errors=list(errors))


def refused(refusal: Refused) -> Problem:
    """The problem document of a refusal, in the active language."""
    if isinstance(refusal, Taken):
        message = refusal.problems[0].message
        errors = [entry(f"/values{pointer(name)}", refusal.code, message) for name in refusal.fields]
        return Problem(CONFLICT, message, code=refusal.code, errors=errors)
    if isinstance(refusal, ValuesInvalid):
        return invalid([entry(f"/values{each.pointer}", each.code, each.message) for each in refusal.problems])
    kind, at = _KNOWN.get(refusal.code, _FILE if isinstance(refusal, FileRefused) else _OTHER)
    if isinstance(refusal, MomentWrong):
        at = pointer(refusal.params["member"])
    message = refusal.message
    members: dict[str, Any] = {"errors": [entry(at, refusal.code, message)]} if at else {}
    return Problem(kind, message, code=refusal.code, **members)


def unknown_members(sent: Iterable[str], known: Iterable[str]) -> list[dict[str, str]]:
    """Errors for members that nobody knows."""
    allowed = sorted(known)
    unknown = [name for name in sent if name not in allowed]
    if not unknown:
        return []
    message = _("There is no such member. Allowed: %(allowed)s.") % {"allowed": ", ".join(allowed)}
    return [entry(pointer(name[:100]), "unknown-member", message) for name in unknown[:_MOST_UNKNOWN_TOLD]]
