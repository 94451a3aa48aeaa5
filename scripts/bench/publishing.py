"""How soon what is published can be found, and what publishing takes with search and without."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from cms.models import VisitPage
from cms.scope import publishing_scope
from portal.publication import renditions, selectors
from portal.publication.models import ConsumerPosition
from scripts.bench.copies import COPY
from search import keeping
from search.plan import Request, Term

#: What the consumers find in their environment where search is switched off.
_WITHOUT = {"ELASTICSEARCH_URL": "", "SEARCH_EMBEDDED": "off"}
_PATIENCE = 120.0


def until_found(times: int) -> list[float]:
    """Seconds from the end of each publication to the first search on Elasticsearch that finds it."""
    [engine] = keeping.engines("elasticsearch")
    found = []
    with _following(search=True):
        for pk in _some(times):
            number = _number()
            _publish(pk, number)
            begun = time.perf_counter()
            asked = Request(Term("all", f"#{number}"), sort="newest", limit=1)
            while engine.search(asked).count == 0:
                if time.perf_counter() - begun > _PATIENCE:
                    raise TimeoutError("it was never found")
                time.sleep(0.01)
            found.append(time.perf_counter() - begun)
    return found


def with_and_without(rounds: int, times: int) -> list[tuple[list[float], list[float]]]:
    """Seconds of each publication while search's consumers follow the log, and while they do not, round by round."""
    found = []
    for number in range(rounds):
        taken: dict[bool, list[float]] = {}
        for search in (True, False) if number % 2 else (False, True):
            with _following(search=search):
                taken[search] = [_seconds(pk) for pk in _some(times)]
        found.append((taken[True], taken[False]))
    return found


def _some(number: int) -> list[int]:
    """The keys of so many pages, drawn anew each time."""
    pages = list(VisitPage.objects.filter(uid__contains=COPY).order_by("pk").values_list("pk", flat=True))
    return random.sample(pages, number)


def _number() -> int:
    """A number that no record has but the one that is given it."""
    return random.randrange(10**9, 10**10)


def _publish(pk: int, number: int) -> None:
    with publishing_scope():
        page = VisitPage.objects.get(pk=pk)
        page.summary_zh_hant = f"編號{number}"
        page.save_revision().publish()


def _seconds(pk: int) -> float:
    begun = time.perf_counter()
    _publish(pk, _number())
    return time.perf_counter() - begun


@contextmanager
def _following(*, search: bool) -> Iterator[None]:
    """The log's consumers in a process of their own, at work and up with the log when the block begins: what was
    published while they started, they have taken in.
    """
    process = subprocess.Popen(
        [sys.executable, "manage.py", "follow"],
        env=os.environ | ({} if search else _WITHOUT),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        begun = time.monotonic()
        [pk] = _some(1)
        _publish(pk, _number())
        while not _is_up(search):
            if process.poll() is not None or time.monotonic() - begun > _PATIENCE:
                raise RuntimeError("the consumers do not come up with the log")
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait()


def _is_up(search: bool) -> bool:
    head = selectors.head().seq
    others = ConsumerPosition.objects.filter(consumer=renditions.CONSUMER.name, seq=head).exists()
    return others and (not search or all(status.lag == 0 for status in keeping.statuses()))
