"""The table and its conditions, as docs/benchmarks.md has them."""

import os
import platform
import re
import time
from collections.abc import Iterable
from datetime import date
from importlib.metadata import version
from pathlib import Path

from django.db import connection

from scripts.bench.measure import Result, Spread
from scripts.bench.queries import Cost

_TEXT = """\
# Benchmarks

`make bench` measures how fast the portal is read and writes this file. The numbers are those of one run on one
machine; what carries over to another machine are the quotients.

## Conditions

{conditions}

## Results

Requests per second: the median of the rounds, the least and the most in brackets. The quotient is taken round by round.

{table}

{verdict}

## How it is measured

- The records are the seeded ones and copies of them at other addresses and dates, each with a picture in ten
  renditions; they went through the log and are current records like any other. Wagtail has the same records as pages;
  a sample of pages is turned into documents again and compared.
- One server, started as `make run` starts it, serves both sides of a comparison, so both pass the same middleware. A
  client in a process of its own keeps {connections} connections open and sends the next request on each as soon as the
  answer is there. Server and client share the machine's processors.
- Both sides are asked in turns, {rounds} rounds of about {seconds} s each, either beginning by turns. Before that both
  are asked once and the answers compared: views written by hand must send the same records or the same page.
- *Hand-written view*: a plain Django view, one query for the stored text, the same headers with fixed values; no
  parameters, no paging, no conditional requests. *Plain view, one query*: a row by its key and a short answer.
- *Wagtail's API v2* gives the same records with the same fields, pictures with all renditions and relations with titles
  and addresses included; *Wagtail's page view* shows the record's fields with a simple template. Their renditions were
  made before.
- Queries: of a process's first answer after something was published, then of the following ones.
"""


def write(path: Path, text: str) -> None:
    """Write the file."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")


def render(
    results: Iterable[Result],
    costs: Iterable[tuple[Cost | None, Cost | None]],
    *,
    records: int,
    rounds: int,
    seconds: float,
    connections: int,
    load: float,
) -> str:
    """The whole file."""
    results = list(results)
    return _TEXT.format(
        conditions=table(("", ""), conditions(records, load)),
        table=table(
            ("portal", "KiB", "queries", "requests/s", "beside it", "queries", "requests/s", "quotient", "target"),
            (_row(result, *pair) for result, pair in zip(results, costs, strict=True)),
        ),
        verdict=verdict(results),
        rounds=rounds,
        seconds=seconds,
        connections=connections,
    )


def verdict(results: Iterable[Result]) -> str:
    """Which targets and expectations are not reached."""
    missed = [
        f"- {result.comparison.portal.name} beside {result.comparison.other.name}: "
        f"{number(result.quotient.median)} instead of {result.comparison.wanted:g}"
        for result in results
        if result.is_missed and result.comparison.other and result.quotient
    ]
    return "\n".join(["Not reached:", "", *missed]) if missed else "Every target is reached."


def _row(result: Result, ours: Cost | None, theirs: Cost | None) -> tuple[str, ...]:
    compared = result.comparison
    wanted = "" if compared.wanted is None else f"{'over' if compared.is_report else '≥'} {compared.wanted:g}"
    return (
        compared.portal.name,
        number(ours.size / 1024) if ours else "0",
        _queries(ours),
        _spread(result.portal),
        compared.other.name if compared.other else "",
        _queries(theirs),
        _spread(result.other),
        _spread(result.quotient),
        wanted,
    )


def _queries(cost: Cost | None) -> str:
    if cost is None:
        return ""
    return str(cost.first) if cost.first == cost.following else f"{cost.first}, then {cost.following}"


def _spread(values: Spread | None) -> str:
    if values is None:
        return ""
    return f"{number(values.median)} ({number(values.least)}–{number(values.most)})"


def number(value: float) -> str:
    """A number with about three digits."""
    return f"{value:,.0f}" if value >= 100 or value == 0 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table in Markdown."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def conditions(records: int, load: float) -> list[tuple[str, str]]:
    """What was measured on, as names and values."""
    libraries = ("Django", "Wagtail", "djangorestframework", "gunicorn")
    return [
        ("Date", date.today().isoformat()),
        ("Processor", f"{_processor()}, {os.cpu_count()} cores seen"),
        ("System", f"{platform.system()} {platform.machine()}; load before the run {load:.1f}"),
        ("Python", f"{platform.python_implementation()} {platform.python_version()}"),
        ("Pace", f"{_pace():.0f} million steps of an empty loop in a second"),
        ("Libraries", ", ".join(f"{name} {version(name)}" for name in libraries)),
        ("Database", _database()),
        ("Public records", f"{records:,}"),
        ("Server", "gunicorn as in `make run`: 2 workers with 8 threads each"),
    ]


def _processor() -> str:
    try:
        found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text("utf-8"), re.MULTILINE)
    except OSError:
        found = None
    return found[1] if found else platform.processor() or "unknown"


def _pace() -> float:
    """Millions of steps of an empty loop that this Python takes in a second, at its best of five: by it milliseconds of
    one run can be compared with those of another.
    """
    steps = 2_000_000

    def seconds() -> float:
        begun = time.perf_counter()
        for _ in range(steps):
            pass
        return time.perf_counter() - begun

    return steps / min(seconds() for _ in range(5)) / 1e6


def _database() -> str:
    numbers = ".".join(map(str, connection.get_database_version()))
    return f"{connection.display_name} {numbers}"
