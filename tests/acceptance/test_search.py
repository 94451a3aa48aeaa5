"""Search while its parts are killed and rebuilt: publishing goes on, and nothing is lost, doubled or empty."""

import os
import random
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection
from elasticsearch import Elasticsearch

from portal.publication import selectors
from portal.publication.models import ConsumerPosition, CurrentRecord
from scripts.elastic import places
from scripts.elastic.node import Node, unused_port
from search import keeping
from search.answers import Answer, Question
from search.consumer import EngineConsumer
from search.engines import choosing
from search.engines.base import Engine, Unavailable
from search.models import Entry
from search.searching import search
from tests import invariants
from tests.factories.documents import both, document, publish, withdraw
from tests.factories.pages import add, change
from tests.factories.searching import bring_up
from tests.processes import following
from tests.races import at_once

pytestmark = [pytest.mark.acceptance, pytest.mark.needs_elasticsearch, pytest.mark.django_db(transaction=True)]

_PUBLISHES, _KILLS, _REBUILDS, _SEARCHES = 100, 30, 6, 500
#: Seconds within which the engines hold what is public after Elasticsearch has come back, and the first search without
#: it is answered, by the specification; and seconds for whatever has none of its own.
_CONVERGE, _FIRST, _PATIENCE = 60, 2, 300


@dataclass
class Place:
    """An Elasticsearch that the settings name, and what a process beside the tests is given to use it too."""

    variables: dict[str, str]


@pytest.fixture
def place(settings) -> Iterator[Place]:
    """The tests' Elasticsearch, with indexes of this test alone."""
    yield from _named(settings, os.environ["ELASTICSEARCH_URL"])


@pytest.fixture
def own_node() -> Iterator[Node]:
    """An Elasticsearch of this test alone, which it may kill."""
    with tempfile.TemporaryDirectory(dir=places.nodes(), prefix="run-") as folder:
        node = Node(Path(folder))
        node.start(unused_port(), secure=False)
        yield node
        node.stop(force=True)


@pytest.fixture
def killable(settings, own_node: Node) -> Iterator[Place]:
    """The same, on the test's own Elasticsearch."""
    yield from _named(settings, own_node.environment()["ELASTICSEARCH_URL"])


def _named(settings, address: str) -> Iterator[Place]:
    settings.ELASTICSEARCH_URLS = [address]
    settings.ELASTICSEARCH_INDEX = f"test-{uuid.uuid4().hex}"
    settings.ELASTICSEARCH_TIMEOUT = 1.5
    index = {"ELASTICSEARCH_URL": address, "ELASTICSEARCH_INDEX": settings.ELASTICSEARCH_INDEX}
    yield Place(index | {"SEARCH_INDEX_DIR": settings.SEARCH_INDEX_DIR})
    choosing.forget()
    with Elasticsearch(address) as client:
        names = list(client.indices.get(index=f"{settings.ELASTICSEARCH_INDEX}*").body)
        if names:
            client.indices.delete(index=names)


def test_elasticsearch_is_killed_during_a_hundred_publishes(own_files, own_node, killable):
    pages = [add(publish=True, headline_zh_hant=f"港口第{number}筆") for number in range(10)]
    bring_up()
    port = own_node.port
    with following(own_files, **killable.variables):
        until(everything_is_searchable)
        for number in range(_PUBLISHES):
            if number == _PUBLISHES // 3:
                own_node.stop(force=True)
                assert seconds(ask) <= _FIRST
            change(pages[number % len(pages)], summary_zh_hant=f"第{number}次")
            assert ask().engine == ("elasticsearch" if number < _PUBLISHES // 3 else "embedded")
        invariants.check()
        own_node.start(port, secure=False)
        until(everything_is_searchable, _CONVERGE)
        until(lambda: ask().engine == "elasticsearch", _CONVERGE)
    assert ask().count == len(pages)


def ask() -> Answer:
    """A search for what all records of these tests have in their titles."""
    return search(Question("港口", limit=100))


def test_the_consumers_are_killed_thirty_times(own_files, place):
    publish(document("visit", "first", title=both("港口", "Harbour")))
    start = seconds(lambda: followed(own_files, place))
    running, moved = threading.Event(), set()
    running.set()

    def write() -> None:
        chance = random.Random(2)
        while running.is_set():
            write_or_withdraw(f"v{chance.randrange(60)}", chance)
            time.sleep(0.05)
        connection.close()

    def kill() -> None:
        chance = random.Random(1)
        try:
            for _ in range(_KILLS):
                with following(own_files, **place.variables) as process:
                    time.sleep(start * chance.uniform(0.4, 1.6))
                    assert process.poll() is None, "it ended by itself"
                moved.add(positions())
        finally:
            running.clear()
            connection.close()

    assert at_once([write, kill], timeout=900) == []
    assert len(moved) > _KILLS // 4, "the consumers hardly ever came to anything"
    with following(own_files, **place.variables):
        until(everything_is_searchable)


def write_or_withdraw(slug: str, chance: random.Random) -> None:
    """Another version of a record, or its withdrawal."""
    is_public = CurrentRecord.objects.filter(uid=f"visit:{slug}", state=CurrentRecord.State.PUBLIC).exists()
    if is_public and chance.random() < 0.2:
        withdraw(f"visit:{slug}")
    else:
        publish(document("visit", slug, title=both(f"港口{chance.random()}", "Harbour")))


def followed(data: Path, place: Place) -> None:
    """Let the consumers come up with the log once, from the start of their process on."""
    with following(data, **place.variables):
        until(lambda: positions() >= selectors.head().seq)


def positions() -> int:
    """How far the consumer of search that is behind most has come; -1 while one has not begun."""
    found = [ConsumerPosition.objects.filter(consumer=name).first() for name in names()]
    return min((each.seq if each else -1 for each in found), default=-1)


def names() -> list[str]:
    """The names of the positions of search's consumers; none where an engine has no index yet."""
    try:
        return [EngineConsumer(engine).name for engine in choosing.engines()]
    except Unavailable:
        return []


@pytest.mark.parametrize("name", ["elasticsearch", "embedded"])
def test_a_rebuild_under_publishing_and_searching(place, settings, name):
    settings.ELASTICSEARCH_TIMEOUT = 20.0
    if name == "embedded":
        settings.ELASTICSEARCH_URLS = []
    steady = {f"visit:steady-{number}" for number in range(20)}
    publish(*(document("visit", uid.partition(":")[2], title=both("港口", "Harbour")) for uid in sorted(steady)))
    publish(*(document("activity", f"other-{number}") for number in range(500)))
    bring_up()
    [engine] = keeping.engines(name)
    running, rounds = threading.Event(), []
    running.set()

    def while_running(act: Callable[[], None]) -> Callable[[], None]:
        def repeat() -> None:
            try:
                while running.is_set():
                    act()
                    rounds.append(act)
            finally:
                # Whoever fails ends it for all.
                running.clear()
                connection.close()

        return repeat

    def write() -> None:
        number = len(rounds) % 30
        publish(document("visit", f"v{number}", title=both(f"港口{len(rounds)}", "Harbour")))
        publish(document("visit", "steady-0", title=both(f"港口{len(rounds)}", "Harbour")))
        if number % 3 == 0:
            withdraw(f"visit:v{number}")
        time.sleep(0.02)

    def look() -> None:
        answer = ask()
        found = [result.uid for result in answer.results]
        assert answer.engine == name
        assert len(found) == len(set(found)), "a record is there twice"
        assert steady <= set(found), "a record is not there"

    def rebuild() -> None:
        try:
            done = 0
            while done < _REBUILDS or rounds.count(look) < _SEARCHES:
                keeping.rebuild(engine, lambda _done, _total: None)
                done += 1
        finally:
            running.clear()
            connection.close()

    faults = at_once([*map(while_running, (write, bring_up, look, look)), rebuild], timeout=600)
    assert faults == []
    assert {write, look, bring_up} == set(rounds)
    bring_up()
    assert_whole(engine)


def everything_is_searchable() -> bool:
    """Whether both engines are up with the log; that they hold what is public, each record once, is asserted then."""
    if positions() < selectors.head().seq:
        return False
    for engine in choosing.engines():
        assert_whole(engine)
    return True


def assert_whole(engine: Engine) -> None:
    """The index holds every public record once, in its present version, and nothing else."""
    assert not keeping.differences(engine)
    held = list(engine.keys())
    assert len(held) == len(dict(held)) == Entry.objects.count()


def until(holds: Callable[[], bool], limit: float = _PATIENCE) -> None:
    """Wait for something to come, at most so many seconds."""
    end = time.monotonic() + limit
    while not holds():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.2)


def seconds(act: Callable[[], object]) -> float:
    """How long something takes."""
    begun = time.monotonic()
    act()
    return time.monotonic() - begun
