"""Which engine answers, and that an engine that is away is not waited for twice. The engines are embedded ones: one
without an index is away.
"""

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scripts.bench.corpus import small
from search.engines import choosing
from search.engines.base import Refused, Unavailable
from search.engines.breaker import Breaker
from search.engines.choosing import Chain
from search.engines.embedded.engine import EmbeddedEngine
from search.plan import Hits, Request
from tests.integration.search.contract import LISTED, build


class Counted(EmbeddedEngine):
    """Counts how often it was asked."""

    name = "counted"
    asked = 0

    def search(self, request: Request) -> Hits:
        self.asked += 1
        return super().search(request)


@pytest.fixture
def first(tmp_path: Path) -> Counted:
    return Counted(tmp_path / "first")


@pytest.fixture
def second(tmp_path: Path) -> EmbeddedEngine:
    made = EmbeddedEngine(tmp_path / "second")
    build(made, [small(1), small(2)])
    return made


@pytest.fixture
def breaker(first: Counted) -> Iterator[Breaker]:
    """Looks for the first engine by asking for its identity, so that looks do not count as searches."""
    made = Breaker("first", first.identity, first=0.01, longest=0.05)
    yield made
    made.stop()


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    choosing.forget()
    yield
    choosing.forget()


def eventually(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < until, "it never came"
        time.sleep(0.01)


def test_the_first_answers_while_it_can(first: Counted, second: EmbeddedEngine, breaker: Breaker) -> None:
    build(first, [small(1)])
    chain = Chain([(first, breaker), (second, None)])
    for _ in range(3):
        found, name = chain.search(LISTED)
        assert (found.count, name, chain.answering()) == (1, "counted", "counted")


def test_an_engine_that_is_away_is_asked_once(first: Counted, second: EmbeddedEngine, breaker: Breaker) -> None:
    chain = Chain([(first, breaker), (second, None)])
    assert chain.answering() == "counted"
    for _ in range(5):
        found, name = chain.search(LISTED)
        assert (found.count, name) == (2, "embedded")
        assert chain.answering() == "embedded"
    assert first.asked == 1


def test_it_is_asked_again_once_it_is_found_well(first: Counted, second: EmbeddedEngine, breaker: Breaker) -> None:
    chain = Chain([(first, breaker), (second, None)])
    for turn in range(3):
        assert chain.search(LISTED)[1] == "embedded"
        build(first, [small(1)])
        eventually(breaker.is_closed)
        assert chain.search(LISTED)[1] == "counted"
        assert first.asked == 2 * turn + 2
        (first._folders.root / "current").unlink()


def test_a_request_that_is_refused_says_nothing_of_others(
    first: Counted, second: EmbeddedEngine, breaker: Breaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_request: Request) -> Hits:
        raise Refused("too many clauses")

    build(first, [small(1)])
    chain = Chain([(first, breaker), (second, None)])
    with monkeypatch.context() as patched:
        patched.setattr(first, "search", refuse)
        assert chain.search(LISTED)[1] == "embedded"
        with pytest.raises(Unavailable):
            Chain([(first, breaker)]).search(LISTED)
    assert breaker.is_closed()
    assert chain.search(LISTED)[1] == "counted"


def test_nothing_answers(first: Counted, second: EmbeddedEngine, breaker: Breaker) -> None:
    alone = Chain([(first, breaker)])
    for _ in range(3):
        with pytest.raises(Unavailable):
            alone.search(LISTED)
    assert first.asked == 1
    assert alone.answering() is None
    with pytest.raises(Unavailable):
        Chain([]).search(LISTED)
    (second._folders.root / "current").unlink()
    with pytest.raises(Unavailable):
        Chain([(first, breaker), (second, None)]).search(LISTED)


def test_looking_goes_on_whatever_it_meets(first: Counted) -> None:
    looks: list[int] = []

    def look() -> None:
        looks.append(1)
        if len(looks) == 1:
            raise RuntimeError("not foreseen")
        if len(looks) < 4:
            raise Unavailable("not yet")

    breaker = Breaker("any", look, first=0.001, longest=0.002)
    breaker.open(Unavailable("away"))
    eventually(breaker.is_closed)
    assert len(looks) == 4


def test_many_threads_make_one_look(first: Counted, second: EmbeddedEngine, breaker: Breaker) -> None:
    chain, start, names = Chain([(first, breaker), (second, None)]), threading.Barrier(8), []

    def ask() -> None:
        start.wait()
        names.extend(chain.search(LISTED)[1] for _ in range(20))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    looking = sum(thread.name == "looking-for-first" for thread in threading.enumerate())
    for thread in threads:
        thread.join()
    assert names == ["embedded"] * 160
    assert looking <= 1
    assert first.asked <= 8


def test_the_engines_of_the_settings(settings, tmp_path: Path) -> None:
    settings.ELASTICSEARCH_URLS, settings.SEARCH_EMBEDDED = [], True
    settings.SEARCH_INDEX_DIR = str(tmp_path / "one")
    (made,) = choosing.engines()
    assert made.name == "embedded"
    assert choosing.engines() == (made,)
    settings.SEARCH_INDEX_DIR = str(tmp_path / "two")
    (other,) = choosing.engines()
    assert other is not made
    choosing.forget()
    assert choosing.engines() != (other,)
    settings.ELASTICSEARCH_URLS = ["http://localhost:1"]
    assert [engine.name for engine in choosing.engines()] == ["elasticsearch", "embedded"]
    settings.SEARCH_EMBEDDED = False
    assert [engine.name for engine in choosing.engines()] == ["elasticsearch"]
    settings.ELASTICSEARCH_URLS = []
    assert choosing.engines() == ()
    assert choosing.answering() is None
    with pytest.raises(Unavailable):
        choosing.search(LISTED)


def test_a_forked_process_searches_for_itself(settings, tmp_path: Path) -> None:
    settings.ELASTICSEARCH_URLS, settings.SEARCH_EMBEDDED = [], True
    settings.SEARCH_INDEX_DIR = str(tmp_path / "search")
    (engine,) = choosing.engines()
    build(engine, [small(1)])
    assert choosing.search(LISTED)[0].count == 1
    with choosing._lock:
        child = os.fork()
        if child == 0:
            found = False
            try:
                found = choosing.search(LISTED)[0].count == 1 and choosing.engines() != (engine,)
            finally:
                os._exit(0 if found else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_host_that_takes_and_never_answers(settings, tmp_path: Path) -> None:
    """A server that accepts connections and stays silent: the first request waits for it, no other one does."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.ELASTICSEARCH_URLS = [f"http://127.0.0.1:{server.getsockname()[1]}"]
        settings.ELASTICSEARCH_TIMEOUT = 0.2
        settings.SEARCH_EMBEDDED, settings.SEARCH_INDEX_DIR = True, str(tmp_path / "search")
        build(choosing.engines()[1], [small(1)])
        connections: list[socket.socket] = []

        def accept() -> None:
            while True:
                try:
                    connections.append(server.accept()[0])
                except OSError:
                    return

        accepting = threading.Thread(target=accept, daemon=True)
        accepting.start()
        for _ in range(20):
            assert choosing.search(LISTED)[1] == "embedded"
        assert len(connections) == 1
        server.shutdown(socket.SHUT_RDWR)
        accepting.join()
    for connection in connections:
        connection.close()
