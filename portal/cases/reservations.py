"""The reservations of cases: each case keeps exactly what it says, in the states in which its kind keeps anything.

`keep` brings reservations in line with the cases that a transaction has written; it is called by `events.record` alone.
Whether what a case is going to say can be had, is looked at before (`reserving`).
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from portal.cases.kinds import KINDS
from portal.cases.kinds.declaration import Reserves
from portal.cases.models import Case, Held
from portal.resources.models import Resource
from portal.resources.reserving import Slot, move, reserve, slot_of


def keep(cases: Collection[Case]) -> None:
    """Let each of these cases, as it stands now, have what it says and nothing else."""
    keeping = [case for case in cases if KINDS[case.kind].reserves]
    if not keeping:
        return
    held = {each.case_id: each for each in _held(keeping)}
    wanted = _wanted(keeping)
    # First what is given up, so that two cases of one transaction could change places.
    for key in [key for key in held if wanted[key] is None]:
        given_up = held.pop(key)
        given_up.delete()
        given_up.reservation.delete()
    for case in keeping:
        slot, mine = wanted[case.pk], held.get(case.pk)
        if slot is None:
            continue
        if mine is None:
            Held.objects.create(case=case, reservation=reserve(slot))
        elif slot_of(mine.reservation) != slot:
            move(mine.reservation, slot)


def faults(cases: Collection[Case]) -> Iterator[str]:
    """Which of these cases do not have what they say, a sentence each."""
    keeping = [case for case in cases if case.kind in KINDS and KINDS[case.kind].reserves]
    held = {each.case_id: slot_of(each.reservation) for each in _held(keeping)} if keeping else {}
    for key, slot in _wanted(keeping).items() if keeping else ():
        if held.get(key) != slot:
            reference = next(case.reference for case in keeping if case.pk == key)
            yield f"{reference}: what it keeps is not what it says"


def named(reserves: Reserves, state: str, data: Mapping[str, Any]) -> tuple[str, datetime, datetime] | None:
    """The code of the resource that a case in a state keeps by what it says, and the period; None where it keeps
    none.
    """
    if state not in reserves.while_in or not all(data.get(name) for name in reserves.fields):
        return None
    code, starts_at, ends_at = (data[name] for name in reserves.fields)
    return code, datetime.fromisoformat(starts_at), datetime.fromisoformat(ends_at)


def _wanted(cases: Collection[Case]) -> dict[int, Slot | None]:
    """What each case is to have, by its key."""
    said = {case.pk: named(_reserves(case), case.state, case.data) for case in cases}
    codes = {each[0] for each in said.values() if each}
    keys = dict(Resource.objects.filter(code__in=codes).values_list("code", "pk")) if codes else {}
    return {key: Slot(keys[each[0]], *each[1:]) if each else None for key, each in said.items()}


def _reserves(case: Case) -> Reserves:
    reserves = KINDS[case.kind].reserves
    assert reserves is not None
    return reserves


def _held(cases: Collection[Case]) -> Collection[Held]:
    return Held.objects.filter(case__in=cases).select_related("reservation")
