"""A bulk of any length: the memory that it takes does not grow, and a line that the database refuses stays alone."""

import io
import itertools
import json
import tracemalloc
from collections.abc import Iterator

import pytest
from django.db import OperationalError, connection

from portal.api.v1.cases import bulk
from portal.cases.models import Case, CaseEvent, KeptAnswer
from tests.factories.cases import complaint_values
from tests.factories.modules import COMPLAINTS, Sender

pytestmark = pytest.mark.django_db

BULK = f"{COMPLAINTS}bulk/"
_REFUSED = "666"
_TRIGGERS = {
    "sqlite": f"""
        CREATE TRIGGER refuse_a_line BEFORE INSERT ON cases_case WHEN NEW.data LIKE '%"{_REFUSED}"%'
        BEGIN SELECT RAISE(ABORT, 'refused'); END
    """,
    "postgresql": f"""
        CREATE FUNCTION refuse_a_line() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'refused' USING ERRCODE = 'data_exception'; END $$;
        CREATE TRIGGER refuse_a_line BEFORE INSERT ON cases_case FOR EACH ROW
        WHEN (NEW.data ->> 'amount' = '{_REFUSED}') EXECUTE FUNCTION refuse_a_line()
    """,
}


def line(number: int, **changes: str) -> dict:
    """A complaint of an amount."""
    return {"values": complaint_values(amount=str(number), **changes), "key": f"k{number}"}


def long_lines(numbers: range) -> Iterator[bytes]:
    """A line of about 24 KB for each number."""
    return (json.dumps(line(number, description="字" * 4000)).encode() + b"\n" for number in numbers)


class MadeAsItIsRead(io.RawIOBase):
    """A body that nobody holds as a whole."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines = lines
        self._held = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        self._held = self._held or next(self._lines, b"")
        piece, self._held = self._held[: len(buffer)], self._held[len(buffer) :]
        buffer[: len(piece)] = piece
        return len(piece)


def peak_of(module: Sender, numbers: range) -> int:
    """The bytes that Python holds at most while these lines are received."""
    stream = io.BufferedReader(MadeAsItIsRead(long_lines(numbers)))
    length = sum(map(len, long_lines(numbers)))
    tracemalloc.start()
    response = module.http.generic(
        "POST",
        BULK,
        headers=module.authorized,
        content_type="application/x-ndjson",
        **{"wsgi.input": stream, "CONTENT_LENGTH": str(length), "CONTENT_TYPE": "application/x-ndjson"},
    )
    told = sum(piece.count(b'"status":201') for piece in response.streaming_content)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert told == len(numbers)
    return peak


def test_memory_does_not_grow_with_the_number_of_lines(monkeypatch):
    monkeypatch.setattr(bulk, "BATCH_LINES", 10)
    module = Sender()
    peak_of(module, range(10))
    few, many = peak_of(module, range(10, 30)), peak_of(module, range(30, 130))
    # Two megabytes more have been read.
    assert many < few + 500_000
    assert Case.objects.count() == 130


@pytest.mark.parametrize("count", [5, 60])
def test_a_line_that_the_database_refuses_takes_no_other_along(count, caplog):
    with connection.cursor() as cursor:
        cursor.execute(_TRIGGERS[connection.vendor])
    module = Sender()
    results = module.bulk(*(line(666 if number == 3 else number) for number in range(count)))
    assert [result["status"] for result in results] == [500 if number == 3 else 201 for number in range(count)]
    assert results[3]["code"] == "server-error"
    assert [result["line"] for result in results] == list(range(1, count + 1))
    assert Case.objects.count() == CaseEvent.objects.count() == KeptAnswer.objects.count() == count - 1
    assert "refused" not in caplog.text
    assert "ming@example.org" not in caplog.text
    seqs = CaseEvent.objects.order_by("seq").values_list("seq", flat=True)
    assert list(seqs) == list(range(seqs[0], seqs[0] + count - 1))


def test_a_database_that_goes_away_ends_the_results(monkeypatch):
    monkeypatch.setattr(bulk, "BATCH_LINES", 2)
    receive, calls = bulk.receive_all, itertools.count()

    def fails_later(*given, **named):
        if next(calls):
            raise OperationalError("gone")
        return receive(*given, **named)

    monkeypatch.setattr(bulk, "receive_all", fails_later)
    results = Sender().bulk(*(line(number) for number in range(6)))
    assert [(result["line"], result["status"]) for result in results] == [(1, 201), (2, 201), (3, 500)]
    assert Case.objects.count() == 2


def test_many_cases_have_what_one_has():
    module = Sender()
    (alone,) = module.bulk(line(1))
    many = module.bulk(*(line(number) for number in range(100, 130)))
    assert len({result["reference"] for result in many}) == 30
    feed = module.get("/api/v1/cases/feed/", limit=100).json()["results"]
    assert [event["seq"] for event in feed] == list(range(feed[0]["seq"], feed[0]["seq"] + 31))
    assert [event["reference"] for event in feed] == [result["reference"] for result in (alone, *many)]
    assert all(event["personal"] == feed[0]["personal"] for event in feed)
    assert [event["values"]["amount"] for event in feed[1:]] == [str(number) for number in range(100, 130)]
    one, other = (module.get(f"{COMPLAINTS}{each['reference']}/").json() for each in (alone, many[0]))
    assert one.keys() == other.keys()
    assert one["steps"] == other["steps"]
