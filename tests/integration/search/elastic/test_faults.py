"""Whatever is the matter with Elasticsearch, the engine says `Unavailable`, and nothing is lost by it."""

import os
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.conf import settings
from django.test import override_settings
from elasticsearch import Elasticsearch

from scripts.bench.corpus import small
from search.engines.base import Refused, Unavailable
from search.engines.elastic import writing
from search.engines.elastic.engine import ElasticEngine
from search.plan import Constant, Everything, Request, Term
from tests.integration.search.contract import LISTED, build
from tests.integration.search.elastic.conftest import separate

pytestmark = pytest.mark.needs_elasticsearch


@pytest.fixture
def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def silent() -> Iterator[int]:
    """A port that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        yield server.getsockname()[1]


@pytest.fixture
def another_server() -> Iterator[int]:
    """Something on the web that is no Elasticsearch."""

    class Page(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = b"<h1>It works!</h1>"
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_PUT = do_POST

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def _fails(url: str, **given: object) -> None:
    wanted = {"URLS": [url], "INDEX": "test-away", "TIMEOUT": 0.2, "CA_FILE": "", **given}
    with override_settings(**{f"ELASTICSEARCH_{name}": value for name, value in wanted.items()}):
        engine = ElasticEngine()
        for _ in range(2):
            with pytest.raises(Unavailable):
                engine.search(LISTED)
        engine.close()


def test_nobody_listens(closed_port: int):
    _fails(f"http://127.0.0.1:{closed_port}")


def test_it_takes_too_long(silent: int):
    _fails(f"http://127.0.0.1:{silent}")


def test_it_is_something_else(another_server: int):
    _fails(f"http://127.0.0.1:{another_server}")


def test_it_does_not_speak_tls(another_server: int):
    _fails(f"https://127.0.0.1:{another_server}")


def test_the_settings_name_nothing_that_is_there(closed_port: int, tmp_path):
    _fails(f"https://127.0.0.1:{closed_port}", CA_FILE=str(tmp_path / "none.crt"))
    _fails("no address")


def test_of_several_nodes_one_is_enough(closed_port: int):
    with separate(URLS=[f"http://127.0.0.1:{closed_port}", os.environ["ELASTICSEARCH_URL"]]) as engine:
        build(engine, [small(1)])
        for _ in range(4):
            assert engine.search(LISTED).count == 1


def test_an_index_that_cannot_be_read(engine: ElasticEngine, client: Elasticsearch):
    build(engine, [small(1)])
    client.indices.put_settings(index=f"{settings.ELASTICSEARCH_INDEX}-read", settings={"blocks.read": True})
    with pytest.raises(Unavailable):
        engine.search(LISTED)
    client.indices.put_settings(index=f"{settings.ELASTICSEARCH_INDEX}-read", settings={"blocks.read": None})
    assert engine.search(LISTED).count == 1


def test_part_of_the_shards_is_no_answer(engine: ElasticEngine, client: Elasticsearch):
    build(engine, [small(1)])
    # A second index behind the alias, of which no shard can be placed anywhere.
    index = f"{settings.ELASTICSEARCH_INDEX}-unplaced"
    client.indices.create(
        index=index,
        settings={"routing.allocation.require._name": "nowhere", "number_of_replicas": 0},
        aliases={f"{settings.ELASTICSEARCH_INDEX}-read": {}},
        wait_for_active_shards="0",
    )
    with pytest.raises(Unavailable):
        engine.search(LISTED)


def test_writes_that_are_refused_for_the_load_are_sent_again(engine: ElasticEngine, client: Elasticsearch):
    build(engine, [])
    _refuse_writes(client, refuse=True)
    later = threading.Timer(0.3, lambda: _refuse_writes(client, refuse=False))
    later.start()
    engine.write([small(1), small(2)], [])
    later.join()
    assert engine.search(LISTED).count == 2


def test_writes_that_are_refused_for_long_are_unavailable(engine: ElasticEngine, client: Elasticsearch, monkeypatch):
    monkeypatch.setattr(writing, "_FIRST_WAIT", 0.01)
    build(engine, [])
    _refuse_writes(client, refuse=True)
    with pytest.raises(Unavailable):
        engine.write([small(1)], [])
    _refuse_writes(client, refuse=False)
    engine.write([small(1)], [])
    assert engine.search(LISTED).count == 1


def _refuse_writes(client: Elasticsearch, *, refuse: bool) -> None:
    """Make Elasticsearch answer writes to the test's index with 429, as where a disk is full."""
    index = f"{settings.ELASTICSEARCH_INDEX}-write"
    client.indices.put_settings(index=index, settings={"blocks.read_only_allow_delete": refuse or None})


def test_a_request_that_elasticsearch_refuses(engine: ElasticEngine):
    build(engine, [small(1)])
    with pytest.raises(Refused):
        engine.search(Request(Everything(), (Constant(Everything(), -1.0),)))
    with pytest.raises(Unavailable):
        engine.search(Request(Term("all", "\ud800")))
    assert engine.search(LISTED).count == 1
