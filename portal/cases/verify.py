"""Is every case what its events say, and are the events whole, and the counts that modules have sent?"""

from collections.abc import Iterator
from itertools import groupby, islice

from django.db import connection

from portal.cases import reservations, triggers
from portal.cases.counts import sent
from portal.cases.counts import triggers as counts
from portal.cases.kinds import KINDS
from portal.cases.kinds.steps import ATTACHED, RECEIVED, STEPS
from portal.cases.models import Attachment, Case, CaseEvent, EventHead
from portal.cases.replaying import MEMBERS, replay, standing_of
from portal.resources import triggers as resource_triggers

_CHUNK = 1000


def faults() -> Iterator[str]:
    """Every fault, a sentence each that names the case by its reference and nothing that is in it."""
    rooms = (triggers, counts, resource_triggers)
    yield from (f"trigger missing: {name}" for room in rooms for name in room.missing(connection))
    yield from _order()
    yield from (f"counts of {each}: they are not what was sent" for each in sent.altered())
    keys = iter(Case.objects.order_by("pk").values_list("pk", flat=True).iterator(_CHUNK))
    while chunk := list(islice(keys, _CHUNK)):
        yield from _cases(chunk[0], chunk[-1])


def _order() -> Iterator[str]:
    """What is wrong with the numbers of all events."""
    last = None
    for event in CaseEvent.objects.order_by("seq").only("seq", "recorded_at").iterator(_CHUNK):
        if event.seq != (last.seq if last else 0) + 1:
            yield f"events: the numbers jump from {last.seq if last else 0} to {event.seq}"
        if last and event.recorded_at < last.recorded_at:
            yield f"event {event.seq} was recorded before the one before it"
        last = event
    head = EventHead.objects.filter(pk=1).first()
    if (head.seq if head else 0) != (last.seq if last else 0):
        yield f"events: {last.seq if last else 0} is the last, yet {head.seq if head else 0} were recorded"


def _cases(first: int, last: int) -> Iterator[str]:
    """What is wrong with the cases of a range of keys."""
    cases = {case.pk: case for case in Case.objects.filter(pk__range=(first, last))}
    events = CaseEvent.objects.filter(case__gte=first, case__lte=last).order_by("case", "number")
    files = set(Attachment.objects.filter(case__gte=first, case__lte=last).values_list("case_id", "event"))
    replayed = {}
    for key, own in groupby(events.iterator(_CHUNK), key=lambda event: event.case_id):
        happened = list(own)
        replayed[key] = replay(happened)
        yield from (f"{cases[key].reference}: {fault}" for fault in _sequence(happened))
        for event in happened:
            if event.type == ATTACHED and (key, event.number) not in files:
                yield f"{cases[key].reference}: event {event.number} has brought a file of which nothing is known"
    yield from reservations.faults(cases.values())
    for key, case in cases.items():
        said, stands = replayed.get(key), standing_of(case)
        if said is None:
            yield f"{case.reference}: has no events"
        elif said != stands:
            members = [member for member in MEMBERS if getattr(said, member) != getattr(stands, member)]
            yield f"{case.reference}: is not what its events say: {', '.join(members)}"


def _sequence(events: list[CaseEvent]) -> Iterator[str]:
    """What is wrong with the order of a case's events, and with their types and states."""
    numbers = [event.number for event in events]
    if numbers != list(range(1, len(events) + 1)):
        yield "its events are not numbered without gaps"
    if [event.type for event in events].count(RECEIVED) != 1 or events[0].type != RECEIVED:
        yield "its first event, and no other, is its receipt"
    kind = KINDS.get(events[0].kind)
    if kind is None:
        yield f"its kind {events[0].kind} is not declared"
        return
    for event in events:
        if event.type not in STEPS and event.type not in kind.transitions_by_name:
            yield f"event {event.number} is of the type {event.type}, which is not declared"
        if event.state not in kind.states_by_name:
            yield f"event {event.number} leads to the state {event.state}, which is not declared"
