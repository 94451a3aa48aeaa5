"""``POST {kind}/``: a case that a module sends."""

import datetime
import functools
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.api.v1.cases import idempotency
from portal.api.v1.cases.bodies import JSON, read_object
from portal.api.v1.cases.described import ETAG, IDEMPOTENCY_KEY, KIND, described, operation
from portal.api.v1.cases.idempotency import Answer
from portal.api.v1.cases.refusals import entry, invalid, unknown_members
from portal.api.v1.cases.representations import case_as_json, etag
from portal.api.v1.cases.scopes import WRITE
from portal.api.v1.cases.senders import Sender
from portal.api.v1.cases.view import ModuleView
from portal.api.v1.openapi import reference
from portal.api.v1.problems import Problem
from portal.cases.models import Case
from portal.cases.personal.keeping import STORE
from portal.cases.receiving import Receipt, receive_all
from portal.cases.refusals import CaseUnknown, Refused


@dataclass(frozen=True)
class SentCase:
    """A case as a module sends it: its values, when the module received it (None: now), what case it follows."""

    values: Mapping[str, Any]
    received_at: datetime.datetime | None
    follows: str | None

    def receipt(self, kind: str, sender: Sender, now: datetime.datetime) -> Receipt:
        """What is handed to the room of cases: the case is the agency's for which the module acts."""
        return Receipt(kind, sender.agency, self.values, self.received_at or now, sender.actor, self.follows)


@described(
    post=operation(
        "cases_create",
        "Send a case",
        "The case becomes one of the agency that the token is of. Needs the scope `cases:<kind>:write`. The same key "
        "with the same body gives the first answer again, with `Idempotency-Replayed: true`.",
        answer="Case",
        status=201,
        body={JSON: reference("SentCase")},
        at=(KIND, IDEMPOTENCY_KEY, ETAG),
        problems=(403, 409, 411, 413, 415, 422),
    )
)
class CaseList(ModuleView):
    """The cases of a kind."""

    verb = WRITE

    def post(self, request: HttpRequest, kind: str) -> HttpResponse:
        """Receive a case."""
        body = read_object(request, settings.MODULE_BODY_MAX_BYTES)
        asked = idempotency.of_request(request, self.sender, body)
        sent = sent_case(body)
        return idempotency.answered_once(asked, lambda: self._receive(kind, sent))

    def _receive(self, kind: str, sent: SentCase) -> Answer:
        now = timezone.now()
        if sent.follows and sent.follows not in own_cases(self.sender, [sent.follows]):
            raise follows_unknown()
        (outcome,) = receive_all([sent.receipt(kind, self.sender, now)], personal=STORE, now=now)
        if isinstance(outcome, Refused):
            raise outcome
        return received(outcome)


@functools.cache
def address_of(kind: str) -> str:
    """The address of the cases of a kind; below it lies that of each, ``<reference>/``."""
    return reverse("api-cases", args=[kind])


def sent_case(body: Mapping[str, Any]) -> SentCase:
    """What was sent. Raises `Problem` that names every member that is not as it should be."""
    errors = unknown_members(body, ("values", "received_at", "follows"))
    values = object_member(body, "values", errors)
    received_at = moment_member(body, "received_at", errors)
    follows = text_member(body, "follows", errors)
    if errors:
        raise invalid(errors)
    return SentCase(values, received_at, follows)


def received(case: Case) -> Answer:
    """The answer to a case that was received."""
    headers = {"Location": f"{address_of(case.kind)}{case.reference}/", "ETag": etag(case.version)}
    return Answer(201, orjson.dumps(case_as_json(case)), headers)


def own_cases(sender: Sender, references: Collection[str]) -> set[str]:
    """Those of the references that are of cases of the sender's agency: of others it learns nothing."""
    found = Case.objects.filter(reference__in=references, agency=sender.agency)
    return set(found.values_list("reference", flat=True))


def follows_unknown() -> Problem:
    """The problem of a case that is to follow one that the sender does not have."""
    return invalid([entry("/follows", CaseUnknown.code, str(CaseUnknown.text))])


def object_member(body: Mapping[str, Any], name: str, errors: list[dict[str, str]]) -> Mapping[str, Any]:
    """A member that is an object; an empty one where it is not given."""
    value = body.get(name)
    if value is not None and not isinstance(value, dict):
        errors.append(entry(f"/{name}", "type", _("An object is expected.")))
    return value if isinstance(value, dict) else {}


def text_member(body: Mapping[str, Any], name: str, errors: list[dict[str, str]]) -> str | None:
    """A member that is a text of at most 100 characters; None where it is not given."""
    value = body.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > 100 or not value.isprintable():
        errors.append(entry(f"/{name}", "type", _("A text of at most 100 characters is expected.")))
        return None
    return value


def moment_member(body: Mapping[str, Any], name: str, errors: list[dict[str, str]]) -> datetime.datetime | None:
    """A member that is a moment with its offset; None where it is not given."""
    value = body.get(name)
    if value is None:
        return None
    try:
        moment = datetime.datetime.fromisoformat(value)
        if timezone.is_naive(moment):
            raise ValueError
        return moment
    except (TypeError, ValueError):
        message = _("A time with its offset is expected, such as 2022-05-31T14:30:00+08:00.")
        errors.append(entry(f"/{name}", "type", message))
        return None
