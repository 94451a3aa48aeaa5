"""The parts of the benchmark that no measurement would show to be wrong."""

import socket
import threading
from dataclasses import replace

import pytest

from scripts.bench.alike import Alike
from scripts.bench.client import Client, length, request
from scripts.bench.measure import Result, spread
from scripts.bench.quality import Quality
from scripts.bench.queries import Cost
from scripts.bench.report import render, verdict
from scripts.bench.run import commands
from scripts.bench.search import missed
from scripts.bench.speed import Line
from scripts.bench.subjects import Comparison, Side

LIST = Comparison(Side("records", "/records"), Side("by hand", "/hand"), wanted=0.7)
ALONE = Comparison(Side("bare", "/bare"))


def result(*quotients: float) -> Result:
    return Result(LIST, spread([100.0]), spread([200.0]), spread(list(quotients)))


def test_the_median_counts_and_not_the_worst_round():
    assert not result(0.1, 0.8, 0.9).is_missed
    assert result(0.1, 0.6, 0.9).is_missed
    assert not Result(ALONE, spread([1.0]), None, None).is_missed


def test_what_is_missed_is_named():
    assert verdict([result(0.9)]) == "Every target is reached."
    assert "records beside by hand: 0.60 instead of 0.7" in verdict([result(0.6)])


@pytest.mark.django_db
def test_the_table_has_a_row_for_each_comparison():
    text = render(
        [result(0.5, 0.75, 1.0), Result(ALONE, spread([1234.0]), None, None)],
        [(Cost(2048, 3, 2), Cost(10, 1, 1)), (None, None)],
        records=10_000,
        rounds=3,
        seconds=0.5,
        connections=4,
        load=0.1,
    )
    row = "| records | 2.00 | 3, then 2 | 100 (100–100) | by hand | 1 | 200 (200–200) | 0.75 (0.50–1.00) | ≥ 0.7 |"
    assert row in text
    assert "| bare | 0 |  | 1,234 (1,234–1,234) |  |  |  |  |  |" in text
    assert socket.gethostname() not in text


def test_targets_of_search_are_held_in_their_direction():
    slow = Line("a", "", "", 1.2, " s", 1.0, at_least=False)
    assert slow.is_missed and not replace(slow, at_least=True).is_missed
    assert slow.cells() == ("a", "", "", "1.20 s", "≤ 1 s", "no")


def test_what_search_does_not_reach_is_named():
    good, poor, other = (Quality(ndcg, recall, {}) for ndcg, recall in ((0.95, 0.98), (0.95, 0.96), (0.8, 0.8)))
    others = {"multi_match best_fields, OR": [other, other], "multi_match cross_fields, OR": [other, other]}
    alike = {"one shard": Alike(500, 500, 0.99), "one shard, a fifth rewritten": Alike(500, 500, 0.97)}
    assert missed({"portal, embedded": [good, good]} | others, alike) == []
    assert missed({"portal, embedded": [good, poor]}, {}) == ["portal, embedded, untuned: less than 0.93 and 0.97"]
    assert len(missed({"portal, embedded": [good, good]} | dict.fromkeys(others, [good, good]), {})) == 4
    assert len(missed({}, {"one shard": Alike(499, 500, 1.0), "three shards": Alike(500, 500, 0.98)})) == 2


def test_parts_are_measured_alone_each_with_the_options_it_takes():
    modules = [module for module, *_options in commands([])]
    parts = ("search", "pages", "figures", "case_counts", "case_api", "speed")
    assert modules == ["scripts.bench", *(f"scripts.bench.{part}" for part in parts)]
    assert [line[0] for line in commands(["--only", "search"])] == ["scripts.bench.search", "scripts.bench.speed"]
    assert commands(["--only", "speed", "--only", "quality", "--quick", "--records=200", "--seconds=0.1"]) == [
        ["scripts.bench.search", "--quick"],
        ["scripts.bench.speed", "--records=200", "--quick"],
    ]
    with pytest.raises(SystemExit):
        commands(["--onyl", "speed"])


def test_where_an_answer_ends():
    assert length(b"HTTP/1.1 200 OK\r\nContent-Length: 12\r\nX: y") == 12
    assert length(b"HTTP/1.1 304 Not Modified\r\nContent-Length: 12") == 0
    with pytest.raises(ValueError):
        length(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked")


@pytest.fixture
def server():
    """A server that answers every request in two pieces; its port."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve(connection: socket.socket) -> None:
        with connection:
            while connection.recv(1 << 16):
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Le")
                connection.sendall(b"ngth: 5\r\n\r\nhello")

    def accept() -> None:
        while True:
            try:
                connection, _address = listening.accept()
            except OSError:
                return
            threading.Thread(target=serve, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    yield listening.getsockname()[1]
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()


def test_every_request_is_answered_on_connections_that_stay_open(server):
    client = Client(server, 3)
    assert client.seconds([request(server, "/")] * 20, 200) > 0
    assert client.seconds([request(server, "/")] * 2, 200) > 0
    with pytest.raises(ValueError, match="expected 304"):
        client.seconds([request(server, "/")], 304)
    client.close()
