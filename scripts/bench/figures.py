"""The part of ``make bench`` that measures a dataset of a million observations; writes docs/figures-speed.md.

Datasette must be installed. Without a PostgreSQL in DATABASE_URL what is measured beside its COPY is left out, and
nothing is written.
"""

import argparse
import http.client
import logging
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from scripts.bench import data, million
from scripts.bench.lines import Line
from scripts.bench.memory import loaded_workers, peak, resident

_OUTPUT = data.BASE_DIR / "docs" / "figures-speed.md"
_HOME = data.BASE_DIR / "var" / "bench-figures"
_PAGE = 100
#: One year of ten, and the filter of Datasette that keeps the same rows.
_YEAR = "from=2021-01-01&to=2021-12-31"
_TEXT = """\
# How fast figures are

`make bench` writes this file. The numbers are those of one run on one machine; what carries over to another machine are
the quotients of what was measured in turns.

## Conditions

{conditions}

## Results

{table}

{verdict}

## How it is measured

- One dataset of {rows:,} observations: monthly complaints of ten years by {districts} districts and {kinds} kinds.
- *100 filtered rows*: the observations of one kind, another in each request, as JSON with units, status and notes, one
  client, both asked in turns. *Datasette* serves the same rows from SQLite with an index for each dimension, its file
  opened as immutable, `_shape=objects`, as many rows. Both count the rows that the filter leaves.
- *Rows from 990,000 on*: a page of the table's own order there, beside the first page.
- *Streaming CSV*: a year of ten ({year:,} rows) by HTTP, each code with its name in Chinese beside it, read to the end;
  *COPY*: the same rows without names from a table of their own with an index, by psycopg, read to the end.
- *Memory*: how much the resident memory of the server's processes grew at most while all of that was asked, and that of
  the process that made the files; each beside what it was before the dataset was first read.
- *Publishing*: from the log's row to the last of the files ({formats}), as `manage.py follow` makes them.
"""


def main() -> int:
    """Make the data, measure, print the table and write it; 1 if a target is missed."""
    parser = argparse.ArgumentParser(prog="make bench", description="Measure figures and write docs/figures-speed.md.")
    parser.add_argument("--quick", action="store_true", help="few rounds, and nothing written")
    options = parser.parse_args()
    rounds = 20 if options.quick else 200
    on_postgresql = os.environ.get("DATABASE_URL", "").startswith("postgres")
    _HOME.mkdir(parents=True, exist_ok=True)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "scripts.bench.settings",
        "PORTAL_ENV": "development",
        "DATA_DIR": str(_HOME),
        "DATABASE_URL": os.environ.get("DATABASE_URL") or f"sqlite:///{_HOME / 'db.sqlite3'}",
    }
    import django

    django.setup()
    logging.disable(logging.WARNING)
    load = os.getloadavg()[0]
    rows = _prepare()
    lines = [*_files(), *_served(rounds, on_postgresql)]
    text = _rendered(lines, rows=rows, load=load)
    print(text)
    if not on_postgresql:
        print("COPY is left out: DATABASE_URL names no PostgreSQL.")
    elif not options.quick:
        _OUTPUT.write_text(text, encoding="utf-8")
    return int(any(line.is_missed for line in lines))


def _prepare() -> int:
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    _say("publishing a million observations")
    rows = million.publish()
    if not (_HOME / "observations.db").exists():
        _say("the same rows for Datasette")
        million.into_sqlite(_HOME / "observations.db")
    return rows


def _files() -> Iterator[Line]:
    """How long the files take, and how much memory, in a process of their own."""
    _say("making the files")
    before, peak, seconds = _made_apart()
    yield Line("publishing the million", f"{seconds:.1f} s", "", seconds, " s", 60, at_least=False)
    yield Line("memory that making the files takes", "", "", peak - before, " MB", 100, at_least=False)


def _made_apart() -> tuple[float, float, float]:
    """Megabytes before the table is read and at most, and seconds, of a process that makes the files anew."""
    program = (
        "import django; django.setup(); import time\n"
        "from portal.opendata import making\n"
        "from portal.opendata.models import Distribution\n"
        "from portal.publication.models import LogRow\n"
        "from scripts.bench.memory import peak, resident\n"
        f"row = LogRow.objects.get(uid={million.UID!r}, version=1)\n"
        "Distribution.objects.filter(row=row).delete()\n"
        "before, started = resident('self'), time.perf_counter()\n"
        "making.follow([row])\n"
        "print(before, peak('self'), time.perf_counter() - started)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    before, most, seconds = map(float, done.stdout.split())
    return before, most, seconds


def _served(rounds: int, on_postgresql: bool) -> Iterator[Line]:
    from scripts.bench import server

    with server.running() as port, _datasette() as other:
        workers = loaded_workers(os.getpid())
        _ask(port, f"{_observations()}?limit=1&kind=nothing")
        before = [resident(worker) for worker in workers]
        yield _beside_datasette(port, other, rounds)
        yield _late_pages(port, rounds)
        if on_postgresql:
            yield _beside_copy(port, max(5, rounds // 20))
        grown = max(peak(worker) - start for worker, start in zip(workers, before, strict=True))
    yield Line("memory that a serving process takes more", "", "", grown, " MB", 100, at_least=False)


def _beside_datasette(port: int, other: int, rounds: int) -> Line:
    _say("100 filtered rows, beside Datasette")
    pairs = []
    for number in range(rounds):
        kind = f"kind-{number * 7 % 220}"
        ours = _seconds(port, f"{_observations()}?kind={kind}&limit={_PAGE}")
        theirs = _seconds(other, f"/observations/observations.json?kind={kind}&_size={_PAGE}&_shape=objects")
        pairs.append((ours, theirs))
    return Line(
        "100 filtered rows as JSON beside Datasette",
        f"{_milliseconds(ours for ours, _ in pairs)}",
        f"{_milliseconds(theirs for _, theirs in pairs)}",
        statistics.median(theirs / ours for ours, theirs in pairs),
        " times as fast",
        1.2,
        at_least=True,
    )


def _late_pages(port: int, rounds: int) -> Line:
    from portal.api.v1.datasets import encode
    from portal.publication import selectors

    _say("late pages")
    served = selectors.served(million.UID)
    assert served is not None
    import orjson

    digest = orjson.loads(served.text)["table"]["digest"]
    cursor = encode(989_999, digest[:16])
    pairs = []
    for _number in range(rounds):
        first = _seconds(port, f"{_observations()}?limit={_PAGE}")
        late = _seconds(port, f"{_observations()}?limit={_PAGE}&cursor={cursor}")
        pairs.append((late, first))
    return Line(
        "rows from 990,000 on beside the first page",
        _milliseconds(late for late, _ in pairs),
        _milliseconds(first for _, first in pairs),
        statistics.median(first / late for late, first in pairs),
        " times as fast",
        0.9,
        at_least=True,
    )


def _beside_copy(port: int, rounds: int) -> Line:
    from django.db import connection

    _say("streaming CSV, beside COPY")
    connection.ensure_connection()
    million.into_postgresql(connection.connection)
    query = (
        f"COPY (SELECT {', '.join(million.COLUMNS)} FROM bench_observations "  # noqa: S608  # constants
        "WHERE period >= '2021-01' AND period <= '2021-12') TO STDOUT WITH (FORMAT csv, HEADER)"
    )

    def copied() -> float:
        started = time.perf_counter()
        with connection.connection.cursor() as cursor, cursor.copy(query) as copy:
            for _block in copy:
                pass
        return time.perf_counter() - started

    pairs = []
    for _number in range(rounds):
        pairs.append((_seconds(port, f"{_observations()}?format=csv&labels=zh-Hant&{_YEAR}"), copied()))
    return Line(
        "streaming CSV of 100,000 rows with names beside COPY",
        _milliseconds(ours for ours, _ in pairs),
        _milliseconds(theirs for _, theirs in pairs),
        statistics.median(ours / theirs for ours, theirs in pairs),
        " times its time",
        4,
        at_least=False,
    )


@contextmanager
def _datasette() -> Iterator[int]:
    from scripts.bench.server import free_port

    port = free_port()
    program = Path(sys.executable).with_name("datasette")
    line = [str(program), "serve", "-i", str(_HOME / "observations.db"), "--port", str(port)]
    process = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _until(lambda: _ask(port, "/-/versions.json"))
        yield port
    finally:
        process.terminate()
        process.wait(10)


def _until(ready: Callable[[], Any]) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            ready()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


_connections: dict[int, http.client.HTTPConnection] = {}


def _ask(port: int, path: str) -> int:
    """Ask on the connection that is kept open for a port, and read the answer to its end; its length."""
    connection = _connections.setdefault(port, http.client.HTTPConnection("127.0.0.1", port, timeout=60))
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return sum(len(block) for block in iter(lambda: response.read(1 << 18), b""))
    except http.client.RemoteDisconnected:
        # The server has ended a connection on which nothing was asked for a while.
        del _connections[port]
        return _ask(port, path)
    except OSError:
        del _connections[port]
        raise


def _seconds(port: int, path: str) -> float:
    started = time.perf_counter()
    length = _ask(port, path)
    taken = time.perf_counter() - started
    if length < 1000:
        raise ValueError(f"{path} answers with {length} bytes")
    return taken


def _observations() -> str:
    return f"/api/v1/datasets/{million.UID}/observations/"


def _milliseconds(seconds: Any) -> str:
    return f"{statistics.median(seconds) * 1000:.1f} ms"


def _rendered(lines: list[Line], *, rows: int, load: float) -> str:
    from portal.opendata.formats import offered
    from scripts.bench.lines import rendered, verdict
    from scripts.bench.report import conditions, table

    known = [line for line in conditions(rows, load) if line[0] != "Public records"]
    libraries = ", ".join(f"{name} {version(name)}" for name in ("pyarrow", "datasette", "psycopg"))
    return _TEXT.format(
        conditions=table(("", ""), [*known, ("Libraries of figures", libraries)]),
        table=rendered(lines),
        verdict=verdict(lines),
        rows=rows,
        year=rows // 10,
        districts=len(million.dimensions()[0]["codes"]),
        kinds=len(million.dimensions()[1]["codes"]),
        formats=", ".join(each.code for each in offered(rows)),
    )


def _say(step: str) -> None:
    print(f"- {step}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
