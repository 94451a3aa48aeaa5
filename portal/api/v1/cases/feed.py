"""``GET feed/``: what happens to the cases of the sender's agency, in the order in which it was committed."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from portal.api.v1.cases.described import described, operation
from portal.api.v1.cases.representations import event_as_json, revealed
from portal.api.v1.cases.scopes import PERSONAL, READ, scope
from portal.api.v1.cases.senders import insufficient
from portal.api.v1.cases.view import ModuleView
from portal.api.v1.parameters import AFTER, LANG_OF_ERRORS, Parameter, one_of, whole_number
from portal.api.v1.problems import TOO_MANY_WAITING, Problem
from portal.cases import selectors
from portal.cases.confidentiality import veiled
from portal.cases.kinds import KINDS
from portal.cases.models import Reading
from portal.cases.personal import reading
from portal.cases.selectors import FeedEvent, FeedPage

LIMIT_MOST, LIMIT_USUAL = 1000, 100
WAIT_MOST = 25
#: Seconds between two looks while a request waits.
_LOOK_EVERY = 0.5
_RETRY_AFTER = 5

_waiting = 0
_lock = threading.Lock()

KIND = Parameter(
    "kind",
    one_of(KINDS),
    {"type": "string", "enum": list(KINDS)},
    "Only cases of this kind; else of all that it may read.",
)
LIMIT = Parameter(
    "limit",
    whole_number(1, LIMIT_MOST),
    {"type": "integer", "minimum": 1, "maximum": LIMIT_MOST, "default": LIMIT_USUAL},
    "How many events a page has at most.",
    default=LIMIT_USUAL,
)
WAIT = Parameter(
    "wait",
    whole_number(0, WAIT_MOST),
    {"type": "integer", "minimum": 0, "maximum": WAIT_MOST, "default": 0},
    "Seconds to wait for an event where there is none.",
    default=0,
)
_TAKEN = (AFTER, KIND, LIMIT, WAIT, LANG_OF_ERRORS)


@described(
    get=operation(
        "case_feed_list",
        "What happens to cases",
        "The events of the agency's cases after event `after`, in the order of their commits: whoever reads on from "
        "`next_after` misses none. An agency is told of the events of the cases that it has at the time, and of the "
        "one by which a case leaves it; what a case went through before it came, the case itself says. Needs the scope "
        "`cases:<kind>:read` of a kind; what is personal is in it with `cases:<kind>:personal`, and is noted.",
        answer="CaseFeed",
        takes=_TAKEN,
        problems=(403, 429),
    )
)
class Feed(ModuleView):
    """The feed."""

    parameters: ClassVar[tuple[Parameter, ...]] = _TAKEN

    def get(self, request: HttpRequest) -> HttpResponse:
        """Events after ``after``, at once or as soon as there are any."""
        kinds = self._kinds()
        page = self._page(self.given["after"], kinds)
        if not page.events and self.given["wait"]:
            with _among_waiters():
                page = self._waited(page, kinds)
        results = self._told(page.events)
        body = {"results": results, "next_after": page.next_after, "more": page.full}
        return HttpResponse(orjson.dumps(body), content_type="application/json")

    def _kinds(self) -> list[str]:
        """The kinds to tell of. Raises `Problem` where the token may read none of those that are asked for."""
        asked = [self.given["kind"]] if self.given["kind"] else list(KINDS)
        kinds = [kind for kind in asked if self.sender.may(kind, READ)]
        if not kinds:
            raise insufficient(*(scope(kind, READ) for kind in asked))
        return kinds

    def _page(self, after: int, kinds: list[str]) -> FeedPage:
        return selectors.feed(after=after, kinds=kinds, agencies=[self.sender.agency], limit=self.given["limit"])

    def _waited(self, page: FeedPage, kinds: list[str]) -> FeedPage:
        """The first page with an event, or after the time to wait an empty one."""
        until = time.monotonic() + self.given["wait"]
        while not page.events and (left := until - time.monotonic()) > 0:
            time.sleep(min(_LOOK_EVERY, left))
            if selectors.head_seq() > page.next_after:
                page = self._page(page.next_after, kinds)
        return page

    def _told(self, events: list[FeedEvent]) -> list[dict[str, Any]]:
        """The events, with what is personal in those of kinds for which the token has the scope."""
        open_kinds = set(self.sender.kinds(PERSONAL))
        told: list[dict[str, Any]] = [
            {"reference": event.reference, "kind": event.kind} | event_as_json(event) for event in events
        ]
        wanted = [(event.case_id, event.number) for event in events if event.kind in open_kinds]
        if wanted:
            said = reading.read_events(wanted, actor=self.sender.actor, purpose=Reading.Purpose.FORWARDING)
            for event, entry in zip(events, told, strict=True):
                if event.kind in open_kinds:
                    values = said.get((event.case_id, event.number), {})
                    entry["personal"] = revealed(veiled(KINDS[event.kind], values) if event.confidential else values)
        return told


@contextmanager
def _among_waiters() -> Iterator[None]:
    """Be one of the few requests of this process that may wait: each keeps a thread busy. Raises `Problem` where there
    are as many as may be.
    """
    global _waiting
    with _lock:
        if _waiting >= settings.MODULE_FEED_WAITERS:
            raise Problem(
                TOO_MANY_WAITING,
                _("Too many requests are waiting. Ask again in %(seconds)s seconds, or without wait=."),
                {"seconds": _RETRY_AFTER},
                headers={"Retry-After": str(_RETRY_AFTER)},
            )
        _waiting += 1
    try:
        yield
    finally:
        with _lock:
            _waiting -= 1
