"""Once and no more: requests with an ``Idempotency-Key`` (draft-ietf-httpapi-idempotency-key-header).

The first answer to a key is written in the very transaction that does what was asked. So a crash leaves neither or
both, and nothing has to be cleaned up. What is refused is not kept, since nothing was done: the key may come again with
the request put right. Keys are a module's own; they are kept for `KEPT`.
"""

import datetime
import hashlib
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.db import IntegrityError, connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from portal.api.v1.cases.senders import Sender
from portal.api.v1.problems import KEY_IN_FLIGHT, KEY_MISSING, KEY_REUSED, Problem
from portal.cases.models import KeptAnswer
from portal.cases.whole import whole

#: How long a key is known.
KEPT = datetime.timedelta(hours=48)
HEADER = "Idempotency-Key"
MOST_CHARACTERS = 255
_VALUE = re.compile(rf'(?P<quote>"?)(?P<key>[\x21\x23-\x5b\x5d-\x7e]{{1,{MOST_CHARACTERS}}})(?P=quote)')
_SALT = "portal.api.v1.cases.idempotency"

_in_flight: set[tuple[int, str]] = set()
_lock = threading.Lock()


@dataclass(frozen=True)
class Answer:
    """What a request is answered with."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)

    def response(self, **more: str) -> HttpResponse:
        """As a response."""
        headers = self.headers | {name.replace("_", "-"): value for name, value in more.items()}
        return HttpResponse(self.body, status=self.status, content_type="application/json", headers=headers)


@dataclass(frozen=True)
class Once:
    """A request with its key: ``key`` and ``request`` are keyed hashes, since either may say something of a person."""

    sender: Sender
    key: str
    request: str


def once(sender: Sender, key: str, path: str, body: dict[str, Any]) -> Once:
    """A request to a path with the key ``key``. Two bodies are the same if they are as JSON."""
    asked = path.encode() + b"\0" + orjson.dumps(body, option=orjson.OPT_SORT_KEYS)
    return Once(sender, _digest(key.encode()), _digest(asked))


def of_request(request: HttpRequest, sender: Sender, body: dict[str, Any]) -> Once:
    """The same from its header, bare or in quotes. Raises `Problem` without one that can be."""
    match = _VALUE.fullmatch(request.headers.get(HEADER, "").strip())
    if match is None:
        raise Problem(
            KEY_MISSING,
            _("Send an Idempotency-Key of 1 to %(most)s visible ASCII characters, new for each request."),
            {"most": MOST_CHARACTERS},
            header=HEADER,
        )
    return once(sender, match["key"], request.path, body)


def is_key(text: str) -> bool:
    """Whether a text can be a key."""
    match = _VALUE.fullmatch(text)
    return match is not None and not match["quote"]


def answered_once(asked: Once, do: Callable[[], Answer]) -> HttpResponse:
    """The answer to what is asked: the first one again where there was one. ``do`` does it, within a transaction.

    Raises `Problem` for a key that came with another request, or that is being dealt with elsewhere.
    """
    with _claimed_here(asked):
        try:
            return _attempt(asked, do)
        except IntegrityError:
            # The same key came in bulk, and was first; or two cases have drawn one reference.
            return _attempt(asked, do)


def kept(sender: Sender, keys: list[str], now: datetime.datetime) -> dict[str, KeptAnswer]:
    """The answers that are kept for these hashes of keys; those that are too old are forgotten."""
    answers = KeptAnswer.objects.filter(module=sender.module, key__in=keys)
    found = {answer.key: answer for answer in answers}
    old = [answer.pk for answer in found.values() if answer.kept_at < now - KEPT]
    if old:
        KeptAnswer.objects.filter(pk__in=old).delete()
    return {key: answer for key, answer in found.items() if answer.pk not in old}


def to_keep(asked: Once, answer: Answer, now: datetime.datetime) -> KeptAnswer:
    """The row of an answer, not yet kept."""
    return KeptAnswer(
        module_id=asked.sender.module,
        key=asked.key,
        request=asked.request,
        status=answer.status,
        headers=answer.headers,
        answer=answer.body.decode(),
        kept_at=now,
    )


def again(asked: Once, answer: KeptAnswer) -> Answer:
    """A first answer. Raises `Problem` where it was to another request."""
    if answer.request != asked.request:
        raise reused()
    return Answer(answer.status, answer.answer.encode(), answer.headers)


def reused() -> Problem:
    """The problem of a key that came with another request."""
    return Problem(
        KEY_REUSED,
        _("This Idempotency-Key came with another request before. Use a new one for each request."),
        header=HEADER,
    )


def forget_old() -> int:
    """Delete the answers to keys that are known no more; how many."""
    return KeptAnswer.objects.filter(kept_at__lt=timezone.now() - KEPT).delete()[0]


def _attempt(asked: Once, do: Callable[[], Answer]) -> HttpResponse:
    with whole():
        _claim_elsewhere(asked)
        now = timezone.now()
        before = kept(asked.sender, [asked.key], now).get(asked.key)
        if before is not None:
            return again(asked, before).response(Idempotency_Replayed="true")
        answer = do()
        to_keep(asked, answer, now).save(force_insert=True)
        return answer.response()


@contextmanager
def _claimed_here(asked: Once) -> Iterator[None]:
    """Hold a key within this process. Raises `Problem` if it is held."""
    claim = asked.sender.module, asked.key
    with _lock:
        if claim in _in_flight:
            raise _being_dealt_with()
        _in_flight.add(claim)
    try:
        yield
    finally:
        with _lock:
            _in_flight.discard(claim)


def _claim_elsewhere(asked: Once) -> None:
    """Hold a key among all processes until the transaction has ended, and what it wrote is there for all to see. SQLite
    has one writer at a time: whoever comes second has waited by now.
    """
    if connection.vendor != "postgresql":
        return
    number = int.from_bytes(hashlib.sha256(f"{asked.sender.module} {asked.key}".encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        (free,) = cursor.fetchone()
    if not free:
        raise _being_dealt_with()


def _being_dealt_with() -> Problem:
    return Problem(
        KEY_IN_FLIGHT,
        _("A request with this Idempotency-Key is being handled. Ask again in a moment."),
        headers={"Retry-After": "1"},
        header=HEADER,
    )


def _digest(value: bytes) -> str:
    return salted_hmac(_SALT, value, algorithm="sha256").hexdigest()
