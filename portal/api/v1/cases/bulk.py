"""``POST {kind}/bulk/``: many cases at once, a JSON object on each line (JSON Lines), each with a result of its own.

The body is read a piece at a time and received in batches, each in a transaction; the results wait in a file, since
whoever is still sending does not read. A batch that cannot be received is received line by line, so that a line takes
no other along. A line may have a ``key``, which is its idempotency key: a body whose sending broke off is sent again
whole.
"""

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any

import orjson
from django.conf import settings
from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.api.v1.cases import idempotency, lines
from portal.api.v1.cases.bodies import JSON_LINES, check_media_type, chunks, parsed_object
from portal.api.v1.cases.described import KIND, described, operation
from portal.api.v1.cases.idempotency import Once
from portal.api.v1.cases.lines import Line
from portal.api.v1.cases.receiving import SentCase, address_of, follows_unknown, own_cases, received, sent_case
from portal.api.v1.cases.refusals import entry, invalid, refused
from portal.api.v1.cases.scopes import WRITE
from portal.api.v1.cases.view import ModuleView
from portal.api.v1.openapi import reference
from portal.api.v1.problems import TOO_LARGE, Problem
from portal.cases.models import Case, KeptAnswer
from portal.cases.personal.keeping import STORE
from portal.cases.receiving import receive_all
from portal.cases.refusals import Refused
from portal.core import many_rows

MOST_BYTES, MOST_LINES = 512_000_000, 200_000
#: A batch has so many lines, or fewer where they are long.
BATCH_LINES, BATCH_BYTES = 500, 4_000_000
_IN_MEMORY = 1_000_000
#: No line is at fault for these, and none that follows would fare better.
_NO_DATABASE = (InterfaceError, OperationalError)
_CHUNK = 64 * 1024

JSON = dict[str, Any]


@dataclass
class _Entry:
    """A line, what it asks for, and its result: a case, an answer that was given before, or a problem."""

    number: int
    sent: SentCase | None = None
    asked: Once | None = None
    outcome: Case | KeptAnswer | Problem | None = None


@described(
    post=operation(
        "cases_bulk_create",
        "Send many cases",
        "JSON Lines: a case on each line, with a `key` where it shall be received once. The answer has a line for "
        "each, in order. Lines that are refused keep no other from being received. Needs the scope "
        "`cases:<kind>:write`.",
        answer="BulkResult",
        media_type=JSON_LINES,
        body={JSON_LINES: reference("BulkLine")},
        at=(KIND,),
        problems=(403, 411, 413, 415),
    )
)
class Bulk(ModuleView):
    """Many cases of a kind."""

    verb = WRITE

    def post(self, request: HttpRequest, kind: str) -> StreamingHttpResponse:
        """Receive each, and tell what became of each."""
        check_media_type(request, JSON_LINES)
        read = lines.split(chunks(request, MOST_BYTES), settings.MODULE_BODY_MAX_BYTES, MOST_LINES)
        results = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 — closed when it has been sent
        number = 0
        try:
            for batch in lines.batches(read, BATCH_LINES, BATCH_BYTES):
                for result in self._received(kind, batch):
                    results.write(orjson.dumps(result, option=orjson.OPT_APPEND_NEWLINE))
                number = batch[-1].number
        except (Problem, *_NO_DATABASE) as error:
            if not number:
                raise
            # What was received before stays, so it is told, and then why no more was.
            told = _problem(number + 1, self.problem_of(error))
            results.write(orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE))
        return _sent(results)

    def _received(self, kind: str, batch: list[Line]) -> list[JSON]:
        """The results of a batch, in order."""
        try:
            return self._attempt_twice(kind, batch)
        except _NO_DATABASE:
            raise
        except Exception as error:
            if len(batch) > 1:
                return [result for line in batch for result in self._received(kind, [line])]
            return [_problem(batch[0].number, self.problem_of(error))]

    def _attempt_twice(self, kind: str, batch: list[Line]) -> list[JSON]:
        try:
            return self._attempt(kind, batch)
        except IntegrityError:
            # One of the keys came elsewhere at the same time, and was first: now it is found.
            return self._attempt(kind, batch)

    @transaction.atomic
    def _attempt(self, kind: str, batch: list[Line]) -> list[JSON]:
        now = timezone.now()
        entries = [self._read(kind, line) for line in batch]
        first = self._first_of_each_key(entries)
        for key, answer in idempotency.kept(self.sender, list(first), now).items():
            first[key].outcome = answer
        self._check_followed(entries)
        todo = [each for each in entries if each.outcome is None and each.sent and _is_first(each, first)]
        receipts = [each.sent.receipt(kind, self.sender, now) for each in todo if each.sent]
        for each, outcome in zip(todo, receive_all(receipts, personal=STORE, now=now), strict=True):
            each.outcome = refused(outcome) if isinstance(outcome, Refused) else outcome
        many_rows.insert_models(
            [
                idempotency.to_keep(each.asked, received(each.outcome), now)
                for each in todo
                if each.asked and isinstance(each.outcome, Case)
            ]
        )
        return [_told(each, first) for each in entries]

    def _read(self, kind: str, line: Line) -> _Entry:
        """What a line asks for, or why it cannot be read."""
        entry_of = _Entry(line.number)
        try:
            if line.text is None:
                raise _line_too_long()
            body = parsed_object(line.text)
            key = body.pop("key", None)
            if key is not None:
                entry_of.asked = idempotency.once(self.sender, _checked_key(key), address_of(kind), body)
            entry_of.sent = sent_case(body)
        except Problem as problem:
            entry_of.outcome = problem
        return entry_of

    def _first_of_each_key(self, entries: Iterable[_Entry]) -> dict[str, _Entry]:
        """Hash of a key → the first of the lines that have it and can be read."""
        first: dict[str, _Entry] = {}
        for each in entries:
            if each.asked and each.outcome is None:
                first.setdefault(each.asked.key, each)
        return first

    def _check_followed(self, entries: Iterable[_Entry]) -> None:
        """Refuse what is to follow a case that the sender does not have."""
        following = {each.sent.follows for each in entries if each.sent and each.sent.follows}
        if not following:
            return
        own = own_cases(self.sender, following)
        for each in entries:
            if each.outcome is None and each.sent and each.sent.follows and each.sent.follows not in own:
                each.outcome = follows_unknown()


def _is_first(each: _Entry, first: dict[str, _Entry]) -> bool:
    return each.asked is None or first[each.asked.key] is each


def _told(each: _Entry, first: dict[str, _Entry]) -> JSON:
    """The result of a line. One whose key came on a line before has that line's, if it asks for the same."""
    outcome, replayed = each.outcome, False
    if outcome is None and each.asked:
        before = first[each.asked.key]
        same = before.asked is not None and before.asked.request == each.asked.request
        outcome, replayed = (before.outcome, True) if same else (idempotency.reused(), False)
    try:
        if isinstance(outcome, KeptAnswer) and each.asked:
            reference = orjson.loads(idempotency.again(each.asked, outcome).body)["reference"]
            return {"line": each.number, "status": outcome.status, "reference": reference, "replayed": True}
        if isinstance(outcome, Case):
            told: JSON = {"line": each.number, "status": 201, "reference": outcome.reference}
            return told | {"replayed": True} if replayed else told
    except Problem as problem:
        outcome = problem
    if not isinstance(outcome, Problem):
        raise TypeError("a line without an outcome")
    return _problem(each.number, outcome)


def _problem(number: int, problem: Problem) -> JSON:
    """A problem as the result of a line."""
    detail = str(problem.detail) % problem.params if problem.params else str(problem.detail)
    members = {name: value for name, value in problem.members.items() if name in ("code", "errors")}
    return {"line": number, "status": problem.kind.status, "code": problem.kind.code, "detail": detail} | members


def _checked_key(key: Any) -> str:
    if not isinstance(key, str) or not idempotency.is_key(key):
        message = _("A key of 1 to %(most)s visible ASCII characters is expected.")
        raise invalid([entry("/key", "format", message % {"most": idempotency.MOST_CHARACTERS})])
    return key


def _line_too_long() -> Problem:
    most = settings.MODULE_BODY_MAX_BYTES
    return Problem(TOO_LARGE, _("The line is too long: at most %(most)s bytes are taken."), {"most": most})


def _sent(results: IO[bytes]) -> StreamingHttpResponse:
    """The results, from their file."""
    length = results.tell()
    results.seek(0)

    def pieces() -> Iterator[bytes]:
        with results:
            while piece := results.read(_CHUNK):
                yield piece

    return StreamingHttpResponse(pieces(), content_type=JSON_LINES, headers={"Content-Length": str(length)})
