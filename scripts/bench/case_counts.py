"""The part of ``make bench`` that counts a month of a million cases; writes docs/case-counts-speed.md.

DATABASE_URL must name a PostgreSQL database that is empty, or the one of the last run.
"""

import argparse
import datetime
import logging
import os
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from scripts.bench import data
from scripts.bench.lines import Line

_OUTPUT = data.BASE_DIR / "docs" / "case-counts-speed.md"
_HOME = data.BASE_DIR / "var" / "bench-cases"
_CASES = 1_000_000
#: An early month, one amid the years, and the last one, of which the most is open still.
_MONTHS = ("2021-06", "2023-06", "2025-12")
#: Of one month every case is looked at by itself: those received so many days before its end. None was paused longer.
_LOOKED_AT_DAYS = 400
_TEXT = """\
# How fast cases are counted

`make bench` writes this file. The numbers are those of one run on one machine.

## Conditions

{conditions}

## Results

{table}

{verdict}

## How it is measured

- {cases:,} consumer complaints of five years with their {events:,} events, by {agencies} agencies and three stages: one
  in ten waited for its citizen, one in fifty was reopened, one in a hundred was merged, {open:,} are open. Events lie
  in the order in which they happened.
- *A month*: all that a draft is made of, received cases, closed ones with their days and outcomes, and those in time
  and late with the open ones that are overdue: `portal.cases.counts.counting.count`, {rounds} times for each of the
  months {months}. What is told is the median of the slowest month.
- *All dimensions*: {dimensions}. *The usual ones* are those of a new dataset, {usual}.
- *Case by case*: the same counts of {looked_at} by reading each case that may count, with its events, and adding up.
  Both came to the same before anything was measured.
"""


def main() -> int:
    """Make the cases, compare, measure, print the table and write it; 1 if a target is missed."""
    parser = argparse.ArgumentParser(prog="make bench", description="Measure counts of cases on PostgreSQL.")
    parser.add_argument("--quick", action="store_true", help="a tenth of the cases, few rounds, and nothing written")
    options = parser.parse_args()
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        print("Counts of cases are left out: DATABASE_URL names no PostgreSQL.")
        return 0
    os.environ |= {"DJANGO_SETTINGS_MODULE": "scripts.bench.settings", "PORTAL_ENV": "development"}
    os.environ["DATA_DIR"] = str(_HOME)
    import django

    django.setup()
    logging.disable(logging.WARNING)
    load = os.getloadavg()[0]
    cases, rounds = (_CASES // 10, 3) if options.quick else (_CASES, 7)
    try:
        _prepare(cases)
    except data.NotScratch as refused:
        print(refused, file=sys.stderr)
        return 2
    lines = list(_measured(rounds))
    text = _rendered(lines, cases=cases, rounds=rounds, load=load)
    print(text)
    if not options.quick:
        _OUTPUT.write_text(text, encoding="utf-8")
    return int(any(line.is_missed for line in lines))


def _prepare(cases: int) -> None:
    from django.core.management import call_command
    from django.db import connection

    from portal.cases.models import Case, CaseEvent
    from scripts.bench import million_cases

    call_command("migrate", interactive=False, verbosity=0)
    made = Case.objects.filter(reference__startswith=million_cases.PREFIX).count()
    if made != Case.objects.count() or made not in (0, cases) or bool(made) != CaseEvent.objects.exists():
        raise data.NotScratch("DATABASE_URL must name an empty database, or the one of the last run.")
    if not made:
        _say(f"making {cases:,} cases")
        million_cases.fill(connection, cases)


def _measured(rounds: int) -> Iterator[Line]:
    from portal.cases.counts import describing, grouping
    from portal.cases.kinds import KINDS
    from scripts.bench import million_cases

    kind = KINDS[million_cases.KIND]
    one_by_one = _case_by_case()
    for name, dimensions in (("all", grouping.available(kind)), ("the usual", describing.usual(kind))):
        _say(f"counting by {name} dimensions")
        slowest = max(statistics.median(_times(rounds, month, dimensions)) for month in _MONTHS)
        label = f"a month by {name} dimensions"
        yield Line(label, f"{slowest:.2f} s", f"{one_by_one:.1f} s", slowest, " s", 1, at_least=False)


def _times(rounds: int, month: str, dimensions: tuple[str, ...]) -> Iterator[float]:
    _counted(month, dimensions)
    for _round in range(rounds):
        yield _seconds(lambda: _counted(month, dimensions))


def _counted(month: str, dimensions: tuple[str, ...]) -> Any:
    from django.utils import timezone

    from portal.cases.counts.counting import count
    from portal.cases.kinds import KINDS
    from portal.core.periods import parse_period
    from scripts.bench import million_cases

    return count(KINDS[million_cases.KIND], parse_period(month), dimensions, timezone.now())


def _case_by_case() -> float:
    """How long the counts of a month take if each case is looked at. Raises RuntimeError if they are other ones."""
    _say("counting case by case")
    found: list[dict[str, Counter[Any]]] = []
    taken = _seconds(lambda: found.append(_added_up(_MONTHS[1])))
    counts = _counted(_MONTHS[1], ("stage", "agency"))
    closed = Counter({codes: sum(days.values()) for codes, days in counts.closed.items()})
    ours = {"received": Counter(counts.received), "closed": closed, "timeliness": Counter(counts.timeliness)}
    for name, theirs in found[0].items():
        # Subtracting leaves no zeros.
        if (ours[name] - theirs) + (theirs - ours[name]):
            raise RuntimeError(f"{name}: counted otherwise than case by case")
    return taken


def _added_up(month: str) -> dict[str, Counter[Any]]:
    """The counts by stage and agency, by reading the cases and the clocks of their events."""
    from portal.cases.calendar_table import office_calendar
    from portal.cases.counts.periods import begin, end
    from portal.cases.models import Case
    from portal.cases.time_limits import limits
    from portal.core.periods import parse_period
    from scripts.bench import million_cases

    period, calendar = parse_period(month), office_calendar()
    first, last = begin(period.start), end(period.end)
    found: dict[str, Counter[Any]] = {"received": Counter(), "closed": Counter(), "timeliness": Counter()}
    since = last - datetime.timedelta(_LOOKED_AT_DAYS)
    cases = Case.objects.filter(kind=million_cases.KIND, merged_into=None, received_at__range=(since, last))
    keys = list(cases.order_by("pk").values_list("pk", flat=True))
    for place in range(0, len(keys), 500):
        chunk = list(Case.objects.filter(pk__in=keys[place : place + 500]))
        known = limits(chunk)
        for case in chunk:
            codes = (case.data["stage"], case.agency)
            found["received"][codes] += first <= case.received_at < last
            found["closed"][codes] += case.closed_at is not None and first <= case.closed_at < last
            due = known[case.pk].under(calendar).due if case.pk in known else None
            if due and period.start <= due <= period.end:
                is_timely = case.closed_at is not None and case.closed_at < end(due)
                found["timeliness"][*codes, "in-time" if is_timely else "late"] += 1
    return found


def _seconds(do: Callable[[], Any]) -> float:
    started = time.perf_counter()
    do()
    return time.perf_counter() - started


def _rendered(lines: list[Line], *, cases: int, rounds: int, load: float) -> str:
    from portal.cases.counts import describing, grouping
    from portal.cases.kinds import KINDS
    from portal.cases.models import Case, CaseEvent
    from scripts.bench import million_cases
    from scripts.bench.lines import rendered, verdict
    from scripts.bench.report import conditions, table

    kind = KINDS[million_cases.KIND]
    left_out = ("Public records", "Server", "Libraries")
    return _TEXT.format(
        conditions=table(("", ""), (line for line in conditions(cases, load) if line[0] not in left_out)),
        table=rendered(lines),
        verdict=verdict(lines),
        cases=cases,
        events=CaseEvent.objects.count(),
        agencies=len(million_cases.AGENCIES),
        open=Case.objects.filter(closed_at=None).count(),
        rounds=rounds,
        months=", ".join(_MONTHS),
        dimensions=", ".join(grouping.available(kind)),
        usual=" and ".join(describing.usual(kind)),
        looked_at=_MONTHS[1],
    )


def _say(step: str) -> None:
    print(f"- {step}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
