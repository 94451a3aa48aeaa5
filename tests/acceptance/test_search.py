"""Search while its parts are killed and its indexes rebuilt: nothing is lost or doubled, and readers are answered.

On a real Elasticsearch, with ``manage.py follow`` in processes of its own.
"""

import random
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from django.test import override_settings

from portal.publication.models import ConsumerPosition, LogRow
from scripts.elastic import places
from scripts.elastic.node import Node, unused_port
from search import keeping
from search.answers import Answer, Question
from search.engines import choosing
from search.searching import search
from tests.factories.documents import both, day, document, publish, withdraw
from tests.factories.pages import add, change
from tests.following import behind, beside, check_entries, disagreements, following, until
from tests.integration.search.elastic.conftest import separate

pytestmark = [
    pytest.mark.acceptance,
    pytest.mark.needs_elasticsearch,
    pytest.mark.django_db(transaction=True),
]

#: Seconds for what has no limit of its own.
PATIENCE = 180


@dataclass(frozen=True)
class Asked:
    """A search: when it began, how many seconds it took, and what answered it."""

    began: float
    seconds: float
    engine: str
    count: int


class Writer:
    """Publishes visits and cities that they name, and withdraws some, a few at a time and at random."""

    def __init__(self, seed: int, pause: float) -> None:
        self._chance, self._pause = random.Random(seed), pause
        self._public: set[int] = set()

    def __call__(self) -> None:
        """One transaction, and a rest."""
        chance = self._chance
        drawn = chance.random()
        if drawn < 0.1:
            self._city(chance.randrange(6))
        elif drawn < 0.3 and self._public:
            number = chance.choice(sorted(self._public))
            withdraw(f"visit:moving-{number}")
            self._public.remove(number)
        else:
            numbers = chance.sample(range(200), chance.randint(1, 12))
            publish(*(self._visit(number) for number in numbers))
            self._public.update(numbers)
        time.sleep(chance.uniform(0, 2 * self._pause))

    def _visit(self, number: int):
        word = self._chance.choice(["harbour", "school", "museum", "garden"])
        title = both(f"釜山{number}", f"Busan {word} {number}")
        return document("visit", f"moving-{number}", title=title, cities=(f"city:c{number % 6}",))

    def _city(self, number: int) -> None:
        name = self._chance.randrange(1000)
        publish(document("city", f"c{number}", title=both(f"城市{name}", f"City {name}")))


# Elasticsearch dies


@pytest.fixture
def node() -> Iterator[Node]:
    """An Elasticsearch that a test may kill, and whose data outlive that."""
    with tempfile.TemporaryDirectory(dir=places.nodes(), prefix="run-") as folder:
        made = Node(Path(folder))
        try:
            made.start(unused_port(), secure=False)
            yield made
        finally:
            made.stop(force=True)


def test_elasticsearch_is_killed_during_a_hundred_publishes(node, own_files):
    """All of them succeed, every search is answered, the first one after the death within two seconds; and within a
    minute of its return Elasticsearch, which has kept its index, holds what the embedded one holds.
    """
    address = node.environment()["ELASTICSEARCH_URL"]
    with (
        override_settings(ELASTICSEARCH_URLS=[address], ELASTICSEARCH_INDEX=f"test-{uuid.uuid4().hex}"),
        following(own_files),
    ):
        pages = [add(publish=True, headline_zh_hant=f"釜山{number}") for number in range(20)]
        engines = choosing.engines()
        assert [engine.name for engine in engines] == ["elasticsearch", "embedded"]
        assert until(lambda: disagreements(*engines), PATIENCE) == []
        identity, rows = engines[0].identity(), LogRow.objects.count()
        asked: list[Asked] = []
        with beside(lambda: asked.append(_ask(len(pages)))):
            assert until(lambda: _not_yet(asked, "elasticsearch"), PATIENCE) == []
            for number in range(100):
                if number == 33:
                    node.stop(force=True)
                    died = time.monotonic()
                change(pages[number % len(pages)], summary_zh_hant=f"第{number}次")
            assert LogRow.objects.count() == rows + 100
            returning = time.monotonic()
            node.start(node.port, secure=False)
            assert until(lambda: disagreements(*engines) or behind(), 60) == []
            assert until(lambda: _not_yet(asked, "elasticsearch"), PATIENCE) == []
        assert engines[0].identity() == identity
    meanwhile = [each for each in asked if died < each.began < returning]
    assert {each.engine for each in meanwhile} == {"embedded"}
    assert meanwhile[0].seconds < 2


def _ask(least: int) -> Asked:
    began = time.monotonic()
    answer = search(Question("釜山"))
    asked = Asked(began, time.monotonic() - began, answer.engine, answer.count)
    assert asked.count == least
    time.sleep(0.02)
    return asked


def _not_yet(asked: list[Asked], engine: str) -> list[str]:
    """What else answers, as long as this engine does not."""
    last = asked[-1].engine if asked else "nobody"
    return [] if last == engine else [last]


# Consumers die


def test_follow_is_killed_thirty_times(own_files):
    """Whatever it was doing, the next one goes on from there: in the end both indexes and the entries are what the log
    says, each record once.
    """
    chance, worked, startup = random.Random(30), 0, 0.0
    with separate():
        engines = choosing.engines()
        assert [engine.name for engine in engines] == ["elasticsearch", "embedded"]
        with beside(Writer(seed=1, pause=0.1)):
            for turn in range(30):
                before, began = _positions(), time.monotonic()
                with following(own_files) as process:
                    if turn == 0:
                        assert until(lambda before=before: _idle(before), PATIENCE) == []
                        startup = time.monotonic() - began
                    else:
                        time.sleep(chance.uniform(0.4, 1.6) * startup)
                    assert process.poll() is None
                worked += not _idle(before)
        assert worked > 5, "it was hardly ever killed at work"
        with following(own_files) as process:
            assert until(lambda: disagreements(*engines) or behind(), PATIENCE) == []
            process.terminate()
            assert process.wait(60) == 0
        check_entries()


def _positions() -> dict[str, int]:
    """How far the engines' consumers have come, those that have begun."""
    found = ConsumerPosition.objects.filter(consumer__startswith="search-", seq__gt=0)
    return dict(found.values_list("consumer", "seq"))


def _idle(before: dict[str, int]) -> list[str]:
    return ["nothing was followed"] if _positions() == before else []


# Indexes are rebuilt

#: Records that are there all the time, in ever new versions.
KNOWN = {f"visit:known-{number}" for number in range(20)}


class Reader:
    """Searches for what is always there, on one page and by pages, and counts what answered."""

    def __init__(self) -> None:
        self.answers: Counter[str] = Counter()

    def on_one_page(self) -> None:
        """Everything at once, the best first."""
        self._check([search(Question("釜山", limit=300))])

    def by_pages(self) -> None:
        """The same by dates, which no new version changes, page by page."""
        question = Question("釜山", sort="newest", limit=30)
        pages = [search(question)]
        while (cursor := pages[-1].next_cursor) is not None:
            pages.append(search(replace(question, cursor=cursor)))
        self._check(pages)

    def _check(self, pages: list[Answer]) -> None:
        found = [result.uid for page in pages for result in page.results]
        assert all(page.count >= len(KNOWN) for page in pages)
        assert KNOWN - set(found) == set()
        assert len(found) == len(set(found))
        assert not any(page.relaxed or page.fallback for page in pages)
        self.answers[pages[0].engine] += 1


@pytest.mark.parametrize("name", ["elasticsearch", "embedded"])
def test_rebuilds_while_everybody_publishes_and_searches(name, own_files):
    """No search finds nothing, misses what is always there, or finds anything twice."""
    chance = random.Random(name)

    def renew() -> None:
        publish(*(_known(uid, chance.random()) for uid in chance.sample(sorted(KNOWN), 3)))
        time.sleep(0.05)

    with (
        separate() if name == "elasticsearch" else nullcontext(),
        override_settings(SEARCH_EMBEDDED=name == "embedded"),
    ):
        (engine,) = choosing.engines()
        publish(*(document("visit", f"other-{number}") for number in range(1000)))
        publish(*(_known(uid, 0) for uid in KNOWN), *(document("city", f"c{number}") for number in range(6)))
        with following(own_files):
            assert until(lambda: disagreements(engine) or behind(), PATIENCE) == []
            reader = Reader()
            with beside(Writer(seed=2, pause=0.1), renew, reader.on_one_page, reader.by_pages):
                for _turn in range(10):
                    before, identity = sum(reader.answers.values()), engine.identity()
                    keeping.rebuild(engine, lambda _done, _total: None)
                    assert engine.identity() != identity
                    assert until(lambda before=before: _more(reader, before), PATIENCE) == []
            assert set(reader.answers) == {name}
            assert until(lambda: disagreements(engine) or behind(), PATIENCE) == []
        check_entries()


def _more(reader: Reader, before: int) -> list[str]:
    return [] if sum(reader.answers.values()) > before + 3 else ["nobody searches"]


def _known(uid: str, version: float):
    slug = uid.partition(":")[2]
    dates = day(f"2022-03-{int(slug.rpartition('-')[2]) + 1:02}")
    return document("visit", slug, title=both(f"釜山{slug}", f"Busan {slug}"), summary=both(f"{version}"), dates=dates)
