"""The part of ``make bench`` that measures the API of case modules; writes docs/case-api-speed.md.

It needs PostgreSQL (DATABASE_URL), in a database that holds no cases but the benchmark's; otherwise it is left out.
"""

import argparse
import http.client
import json
import logging
import os
import secrets
import sys
import tempfile
import time
from collections.abc import Iterator
from typing import Any

from scripts.bench import data
from scripts.bench.lines import Line

_OUTPUT = data.BASE_DIR / "docs" / "case-api-speed.md"
_CONNECTIONS = 4
_PAGE = 1000
_PATIENCE = 900
_TEXT = """\
# How fast the API of case modules is

`make bench` writes this file. The numbers are those of one run on one machine; what carries over to another machine are
the quotients.

## Conditions

{conditions}

## Results

{table}

{verdict}

## How it is measured

- *Event push*: `POST {{kind}}/{{reference}}/events/` with a new `Idempotency-Key` and `If-Match: *`, each for another
  case: a step of its kind, with its event, the case as it stands after it, and the answer that is kept for the key.
  Beside it a generic view of Django REST framework with a ModelSerializer inserts a row of the same columns by the ORM;
  it finds the case by its reference and the token by django-oauth-toolkit, and keeps neither history nor key. The same
  server serves both, {connections} connections ask, in turns, {rounds} rounds.
- *Feed*: a page of 1,000 events, beside a ModelSerializer's list of the same events with their cases joined.
- *Bulk*: complaints of eleven values, four of them encrypted and two of these found by hashes, each line with a key of
  its own, in one request; from its first byte to the last of the answer. The memory is what the worker held at most
  with {lines} lines beyond what it held at most with a tenth of them before.
- Client, server and database share the machine's processors. `scripts/with_postgresql` runs a database that does not
  wait for its disk.
"""


def main() -> int:
    """Make the data, measure, print the table and write it; 1 if a target is missed, 2 for another's database."""
    parser = argparse.ArgumentParser(prog="make bench", description="Measure the API of case modules.")
    parser.add_argument("--quick", action="store_true", help="few rounds and lines, and nothing written")
    options = parser.parse_args()
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        print("The API of case modules is left out: DATABASE_URL names no PostgreSQL (scripts/with_postgresql).")
        return 0
    rounds, pushes, lines = (3, 60, 5_000) if options.quick else (7, 400, 100_000)
    data.choose(0)
    import django

    django.setup()
    from django.core.management import call_command

    from scripts.bench import case_data, case_views

    logging.disable(logging.WARNING)
    load = os.getloadavg()[0]
    call_command("migrate", interactive=False, verbosity=0)
    if not case_data.is_scratch():
        print("DATABASE_URL must name a database without cases, or the one of the last run.", file=sys.stderr)
        return 2
    case_data.make_tables(case_views.PlainEvent)
    measured = list(_measured(rounds, pushes, lines))
    text = _rendered(measured, rounds=rounds, lines=lines, load=load)
    print(text)
    if not options.quick:
        _OUTPUT.write_text(text, encoding="utf-8")
    return int(any(line.is_missed for line in measured))


def _measured(rounds: int, pushes: int, lines: int) -> Iterator[Line]:
    from scripts.bench import case_data, server

    token = case_data.token()
    # Each round has cases of its own, and two more warm both sides up.
    references = case_data.receive(max((rounds + 2) * pushes, _PAGE))
    case_data.analyze()
    with server.running() as port:
        _say("event push")
        yield _push(port, token, references, rounds, pushes)
        _say("feed")
        yield _feed(port, token, rounds)
        _say(f"bulk of {lines:,} lines")
        yield from _bulk(port, token, lines)


def _push(port: int, token: str, references: list[str], rounds: int, pushes: int) -> Line:
    from scripts.bench.client import Client
    from scripts.bench.measure import spread

    client = Client(port, _CONNECTIONS)
    ours, theirs, quotients = [], [], []
    for number in range(rounds + 2):
        of_round = references[number * pushes : (number + 1) * pushes]
        sides = [
            [_event(port, token, reference) for reference in of_round],
            [_row(port, token, reference) for reference in of_round],
        ]
        seconds = [0.0, 0.0]
        # Who comes second finds the machine as the first has left it.
        for place in (0, 1) if number % 2 == 0 else (1, 0):
            seconds[place] = client.seconds(sides[place], 201)
        if number >= 2:
            ours.append(pushes / seconds[0])
            theirs.append(pushes / seconds[1])
            quotients.append(seconds[1] / seconds[0])
    client.close()
    return Line(
        "event push beside a plain insert",
        f"{spread(ours).median:.0f} requests/s",
        f"{spread(theirs).median:.0f} requests/s",
        spread(quotients).median,
        " times as many",
        0.6,
        at_least=True,
    )


def _feed(port: int, token: str, rounds: int) -> Line:
    from scripts.bench.client import Client
    from scripts.bench.measure import measure
    from scripts.bench.subjects import Comparison, Side

    headers = {"Authorization": f"Bearer {token}"}
    client = Client(port, _CONNECTIONS)
    paths = [f"/api/v1/cases/feed/?after=0&limit={_PAGE}", "/plain/events/"]
    told, listed = (json.loads(client.get(path, **headers).body)["results"] for path in paths)
    if [event["seq"] for event in told] != [event["seq"] for event in listed] or len(told) != _PAGE:
        raise RuntimeError("the two sides do not tell the same")
    sides = [Side(path, path=path, headers=headers) for path in paths]
    result = measure(client, Comparison(sides[0], sides[1], wanted=3.0), rounds=rounds, seconds=1.0)
    client.close()
    assert result.other is not None and result.quotient is not None
    return Line(
        f"feed page of {_PAGE:,} events beside a ModelSerializer's list",
        f"{result.portal.median:.1f} requests/s",
        f"{result.other.median:.1f} requests/s",
        result.quotient.median,
        " times as many",
        3.0,
        at_least=True,
    )


def _bulk(port: int, token: str, lines: int) -> Iterator[Line]:
    from scripts.bench import case_data, memory

    workers = memory.loaded_workers(os.getpid())
    # Both workers have a turn, or the greater one's peak would be that of the one that comes second.
    for _turn in range(4):
        _sent(port, token, case_data.lines(lines // 10, 0), lines // 10)
    before = max(memory.peak(worker) for worker in workers)
    seconds = _sent(port, token, case_data.lines(lines, 0), lines)
    after = max(memory.peak(worker) for worker in workers)
    yield Line(
        f"bulk of {lines:,} lines", f"{seconds:.1f} s", "", lines / seconds, " lines a second", 2000, at_least=True
    )
    yield Line(
        "memory of bulk beyond a tenth of the lines",
        f"{after:.0f} MB",
        f"{before:.0f} MB",
        after - before,
        " MB",
        10,
        at_least=False,
    )


def _sent(port: int, token: str, lines: Iterator[bytes], count: int) -> float:
    """Send lines in one request; the seconds that it takes. Raises RuntimeError unless all were received."""
    with tempfile.TemporaryFile() as body:
        body.writelines(lines)
        length = body.tell()
        body.seek(0)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
        started = time.perf_counter()
        connection.request(
            "POST",
            f"/api/v1/cases/{case_kind()}/bulk/",
            body,
            {
                "Authorization": f"Bearer {token}",
                "Content-Type": "application/x-ndjson",
                "Content-Length": str(length),
            },
        )
        response = connection.getresponse()
        received = sum(b'"status":201' in line for line in response)
        seconds = time.perf_counter() - started
        connection.close()
    if response.status != 200 or received != count:
        raise RuntimeError(f"of {count} lines {received} were received, with status {response.status}")
    return seconds


def case_kind() -> str:
    """The kind of case that is sent."""
    from scripts.bench.case_data import KIND

    return KIND


def _event(port: int, token: str, reference: str) -> bytes:
    path = f"/api/v1/cases/{case_kind()}/{reference}/events/"
    named = {"Idempotency-Key": secrets.token_hex(8), "If-Match": "*"}
    return _post(port, token, path, {"type": "forward", "values": {}}, named)


def _row(port: int, token: str, reference: str) -> bytes:
    row = {
        "case": reference,
        "number": 2,
        "type": "forward",
        "kind": case_kind(),
        "state": "forwarded",
        "closed": False,
        "agency": "bench-office",
        "actor": "module:bench",
        "occurred_at": "2026-01-01T00:00:00Z",
        "data": {},
    }
    return _post(port, token, "/plain/insert/", row, {})


def _post(port: int, token: str, path: str, body: Any, headers: dict[str, str]) -> bytes:
    """The bytes of a POST request."""
    content = json.dumps(body).encode()
    named = {
        "Host": f"127.0.0.1:{port}",
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/json",
        "Content-Length": str(len(content)),
    } | headers
    head = [f"POST {path} HTTP/1.1", *(f"{name}: {value}" for name, value in named.items()), "", ""]
    return "\r\n".join(head).encode() + content


def _rendered(measured: list[Line], *, rounds: int, lines: int, load: float) -> str:
    from portal.cases.models import Case
    from scripts.bench.lines import rendered, verdict
    from scripts.bench.report import conditions, table

    known = [each for each in conditions(0, load) if each[0] != "Public records"]
    return _TEXT.format(
        conditions=table(("", ""), [*known, ("Cases at the end", f"{Case.objects.count():,}")]),
        table=rendered(measured),
        verdict=verdict(measured),
        connections=_CONNECTIONS,
        rounds=rounds,
        lines=f"{lines:,}",
    )


def _say(step: str) -> None:
    print(f"- {step}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
