"""A million consumer complaints of five years with their events, as PostgreSQL's COPY takes them.

They are the same in every run. Stages, outcomes and agencies are as unequal as in life: four in five are first
complaints, one in ten waits for its citizen once, one in fifty is reopened, one in a hundred is merged, some are late
and some open still. Events stand in the order in which they happened, so those of a case lie far apart.
"""

import datetime
import heapq
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from portal.cases.kinds import KINDS

KIND = "consumer-complaint"
#: What the references of these cases begin with, and no real one does: there is no such kind.
PREFIX = "ZZ-"
FIRST_DAY = datetime.datetime(2021, 1, 1, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
DAYS = 5 * 365
AGENCIES = {f"agency-{number:02d}": 12 - number for number in range(12)}
_STAGES = {"first-complaint": 80, "second-complaint": 16, "mediation": 4}
_OUTCOMES = {"settle": 62, "fail": 22, "withdraw": 8, "decline": 5, "transfer": 3}
_CLOSED = {
    "settle": "settled",
    "fail": "not-settled",
    "withdraw": "withdrawn",
    "decline": "not-accepted",
    "transfer": "transferred",
}
#: Days from receipt to closing are drawn by their logarithm: half within nine days, a tenth beyond 23.
_LOG_DAYS, _LOG_SPREAD = 2.2, 0.75
_OPEN_SINCE = FIRST_DAY + datetime.timedelta(DAYS)
_EVENT_COLUMNS = (
    *("seq", "case_id", "number", "type", "kind", "state", "closed", "agency", "from_agency", "assignee", "actor"),
    *("occurred_at", "recorded_at", "data", "other_id"),
)
_CASE_COLUMNS = (
    *("id", "reference", "kind", "agency", "assignee", "received_at", "version", "state", "closed_at", "data"),
    *("follows_id", "merged_into_id"),
)


@dataclass(order=True)
class _Happened:
    """An event before it has its place among all."""

    at: datetime.datetime
    case: int
    number: int
    type: str = field(compare=False)
    state: str = field(compare=False)
    closed: bool = field(compare=False)
    agency: str = field(compare=False)
    data: dict[str, Any] = field(compare=False)
    other: int | None = field(compare=False, default=None)


def fill(connection: Any, cases: int) -> None:
    """Write so many cases and their events, past the triggers that look at each; the database is the benchmark's."""
    with connection.cursor() as cursor:
        # What a replica takes over from another database was checked there.
        cursor.execute("SET session_replication_role = replica")
        with cursor.copy(f"COPY cases_case ({', '.join(_CASE_COLUMNS)}) FROM STDIN") as copy:
            for events in _each(cases):
                copy.write_row(_case(events))
        seq, last = 0, FIRST_DAY
        with cursor.copy(f"COPY cases_caseevent ({', '.join(_EVENT_COLUMNS)}) FROM STDIN") as copy:
            for seq, event in enumerate(_in_order(cases), start=1):
                last = event.at
                copy.write_row(_event(seq, event))
        cursor.execute("INSERT INTO cases_eventhead (id, seq, recorded_at) VALUES (1, %s, %s)", [seq, last])
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("SELECT setval(pg_get_serial_sequence('cases_case', 'id'), %s)", [cases])
        # What autovacuum would do within a minute.
        cursor.execute("VACUUM ANALYZE cases_case")
        cursor.execute("VACUUM ANALYZE cases_caseevent")


def _each(cases: int) -> Iterator[list[_Happened]]:
    """The events of each case, in the order of receipt."""
    chance = random.Random(7)
    fields = {each.name: [choice.code for choice in each.choices] for each in KINDS[KIND].fields if each.counted}
    step = datetime.timedelta(DAYS) / cases
    for case in range(1, cases + 1):
        yield list(_life(case, FIRST_DAY + step * (case - 1), fields, chance))


def _life(
    case: int, received: datetime.datetime, fields: dict[str, list[str]], chance: random.Random
) -> Iterator[_Happened]:
    agency, stage = _drawn(AGENCIES, chance), _drawn(_STAGES, chance)
    data = {"stage": stage, "business_name": f"商行{chance.randrange(9000)}", "amount": str(chance.randrange(90_000))}
    data |= {name: codes[int(len(codes) * chance.random() ** 2)] for name, codes in fields.items()}
    taken = datetime.timedelta(chance.lognormvariate(_LOG_DAYS, _LOG_SPREAD))
    at, number = received, 1

    def event(kind: str, state: str, closed: bool = False, told: dict[str, Any] | None = None) -> _Happened:
        return _Happened(at, case, number, kind, state, closed, agency, told or {})

    yield event("received", "received", told=data)
    if chance.random() < 0.1:
        at, number = at + taken * 0.2, number + 1
        yield event("request-supplement", "supplement")
        at, number = at + datetime.timedelta(chance.uniform(1, 20)), number + 1
        yield event("supplement", "received")
    if stage != "mediation" and chance.random() < 0.8:
        at, number = at + taken * 0.2, number + 1
        yield event("forward", "with-business")
        if chance.random() < 0.7:
            at, number = at + taken * 0.4, number + 1
            yield event("answer", "answered", told={"answered_on": at.date().isoformat()})
    at, number = at + taken * 0.4, number + 1
    if case > 1 and chance.random() < 0.01:
        yield _Happened(
            at, case, number, "merged", "merged", True, agency, {}, chance.randrange(max(1, case - 500), case)
        )
        return
    if chance.random() < 0.01 or at > _OPEN_SINCE:
        return
    outcome = _drawn(_OUTCOMES, chance)
    yield event(outcome, _CLOSED[outcome], True, {"amount_recovered": "100"} if outcome == "settle" else None)
    if chance.random() < 0.02:
        at, number = at + datetime.timedelta(chance.uniform(2, 60)), number + 1
        yield event("reopened", "received")
        at, number = at + taken, number + 1
        yield event("withdraw", "withdrawn", True)


def _drawn(weights: dict[str, int], chance: random.Random) -> str:
    return chance.choices(list(weights), list(weights.values()))[0]


def _in_order(cases: int) -> Iterator[_Happened]:
    """The events of all cases as they happened."""
    ahead: list[_Happened] = []
    for events in _each(cases):
        while ahead and ahead[0].at < events[0].at:
            yield heapq.heappop(ahead)
        for event in events:
            heapq.heappush(ahead, event)
    while ahead:
        yield heapq.heappop(ahead)


def _case(events: list[_Happened]) -> tuple[Any, ...]:
    """The row of a case after its events."""
    first, last = events[0], events[-1]
    data = {name: value for event in events for name, value in event.data.items()}
    reference = f"{PREFIX}{first.case:012d}"
    closed_at = last.at if last.closed else None
    merged_into = last.other if last.type == "merged" else None
    written = json.dumps(data, ensure_ascii=False)
    standing = (first.at, last.number, last.state, closed_at, written, None, merged_into)
    return (first.case, reference, KIND, first.agency, "", *standing)


def _event(seq: int, event: _Happened) -> tuple[Any, ...]:
    told = (event.at, event.at, json.dumps(event.data, ensure_ascii=False), event.other)
    agency = (event.agency, "", "", "user:1")
    return (seq, event.case, event.number, event.type, KIND, event.state, event.closed, *agency, *told)
