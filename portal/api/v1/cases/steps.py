"""``POST {kind}/{reference}/events/``: an event that a module sends for a case."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags
from django.utils.translation import gettext as _

from portal.api.v1.cases import idempotency
from portal.api.v1.cases.bodies import JSON, read_object
from portal.api.v1.cases.described import ETAG, IDEMPOTENCY_KEY, IF_MATCH, KIND, REFERENCE, described, operation
from portal.api.v1.cases.idempotency import Answer
from portal.api.v1.cases.receiving import moment_member, object_member, own_cases, text_member
from portal.api.v1.cases.refusals import entry, invalid, unknown_members
from portal.api.v1.cases.representations import case_as_json, etag, event_as_json
from portal.api.v1.cases.scopes import WRITE
from portal.api.v1.cases.senders import Sender
from portal.api.v1.cases.view import ModuleView
from portal.api.v1.openapi import reference
from portal.api.v1.problems import PRECONDITION_REQUIRED, Problem
from portal.cases import actors, asking
from portal.cases.assigning import assign
from portal.cases.kinds.steps import AMENDED, ASSIGNED, MERGED, REOPENED
from portal.cases.merging import merge
from portal.cases.models import Case, CaseEvent
from portal.cases.personal.keeping import STORE
from portal.cases.refusals import CaseUnknown, StaleVersion
from portal.cases.transitions import advance, amend, reopen

#: Members of an event of each type besides ``type`` and ``values``; of transitions ``occurred_at``.
_MEMBERS: Mapping[str, tuple[str, ...]] = {
    AMENDED: (),
    REOPENED: ("occurred_at",),
    ASSIGNED: ("agency", "assignee"),
    MERGED: ("into",),
}
_SERVICES: Mapping[str, Callable[..., CaseEvent]] = {AMENDED: amend, REOPENED: reopen, ASSIGNED: assign, MERGED: merge}


@dataclass(frozen=True)
class SentEvent:
    """An event as a module sends it; ``members`` are those that its type has besides values."""

    type: str
    values: Mapping[str, Any]
    members: Mapping[str, Any]


@described(
    post=operation(
        "case_events_create",
        "Send an event",
        "Takes a case through a step of its kind, or amends, assigns, reopens or merges it. Needs the scope "
        "`cases:<kind>:write`. A case of another agency is none.",
        answer="RecordedCaseEvent",
        status=201,
        body={JSON: reference("SentCaseEvent")},
        at=(KIND, REFERENCE, IDEMPOTENCY_KEY, IF_MATCH, ETAG),
        problems=(403, 409, 411, 412, 413, 415, 422, 428),
    )
)
class EventList(ModuleView):
    """The events of a case."""

    verb = WRITE

    def post(self, request: HttpRequest, kind: str, reference: str) -> HttpResponse:
        """Record an event."""
        body = read_object(request, settings.MODULE_BODY_MAX_BYTES)
        asked = idempotency.of_request(request, self.sender, body)
        versions = _expected(request)
        sent = sent_event(body)
        return idempotency.answered_once(asked, lambda: self._record(kind, reference, sent, versions))

    def _record(self, kind: str, reference: str, sent: SentEvent, versions: list[str]) -> Answer:
        # Locked before anything is asked of it, so that what is found still holds when the event is written.
        check_own(asking.lock([reference]).get(reference), kind, self.sender, versions)
        into = sent.members.get("into")
        if into and into not in own_cases(self.sender, [into]):
            raise invalid([entry("/into", CaseUnknown.code, str(CaseUnknown.text))])
        event = self._taken(reference, sent)
        told = event_as_json(event) | {"case": case_as_json(event.case)}
        return Answer(201, orjson.dumps(told), {"ETag": etag(event.case.version)})

    def _taken(self, reference: str, sent: SentEvent) -> CaseEvent:
        given: dict[str, Any] = {
            "case_reference": reference,
            "actor": self.sender.actor,
            "personal": STORE,
            "values": sent.values,
        }
        service = _SERVICES.get(sent.type)
        if service is None:
            return advance(transition=sent.type, **given, **sent.members)
        return service(**given, **sent.members)


def sent_event(body: Mapping[str, Any]) -> SentEvent:
    """What was sent. Raises `Problem` that names every member that is not as it should be."""
    errors: list[dict[str, str]] = []
    name = text_member(body, "type", errors)
    if not name and not errors:
        errors.append(entry("/type", "required", _("Say which step it is.")))
    known = _MEMBERS.get(name or "", ("occurred_at",))
    errors += unknown_members(body, ("type", "values", *known))
    values = object_member(body, "values", errors)
    members: dict[str, Any] = {
        each: moment_member(body, each, errors) if each == "occurred_at" else text_member(body, each, errors)
        for each in known
    }
    errors += _members_wrong(name, members, errors)
    if errors:
        raise invalid(errors)
    return SentEvent(str(name), values, members)


def _members_wrong(name: str | None, members: Mapping[str, Any], before: list[dict[str, str]]) -> list[dict[str, str]]:
    """What is wrong with members of their right type."""
    errors = []
    for member, check in (("agency", asking.agency_code), ("assignee", actors.role)):
        if members.get(member):
            try:
                check(members[member])
            except ValueError:
                errors.append(entry(f"/{member}", "format", _("This is not the code of an agency or of somebody.")))
    if name == MERGED and not members["into"] and not before:
        errors.append(entry("/into", "required", _("Say which case it is another of.")))
    return errors


def _expected(request: HttpRequest) -> list[str]:
    """The tags of ``If-Match``. Raises `Problem` without any: an event that nobody meant for the case as it now stands
    would be a lost update. Whoever means any version says so: ``*``.
    """
    tags = parse_etags(request.headers.get("If-Match", ""))
    if not tags:
        raise Problem(
            PRECONDITION_REQUIRED,
            _("Send the ETag of the case as you know it: If-Match."),
            header="If-Match",
        )
    return tags


def check_own(case: Case | None, kind: str, sender: Sender, versions: list[str]) -> None:
    """Raise `CaseUnknown` for a case that is not the sender's, and `StaleVersion` for another version."""
    if case is None or case.kind != kind or case.agency != sender.agency:
        raise CaseUnknown
    if "*" not in versions and etag(case.version) not in versions:
        expected = versions[0].strip('"') if len(versions) == 1 else "…"
        raise StaleVersion(version=case.version, expected=expected[:20])
