"""Many rows at once, few by statements and many by COPY where the database has it: the same rows either way."""

import datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from portal.cases.models import Case, CaseEvent, PersonalIndex, PersonalValue
from portal.core import many_rows

pytestmark = pytest.mark.django_db

NOW = timezone.now()
#: On both sides of where COPY begins.
COUNTS = pytest.mark.parametrize("count", [0, 1, 3, 60])
AWKWARD = 'a\tb\\N\n"引號"🎧\\\r,'


def cases(count: int) -> list[Case]:
    """Cases that are in no table yet, with values that a text format could mistake for its own marks."""
    return [
        Case(
            reference=f"CC-{number}",
            kind="consumer-complaint",
            agency="consumer-office",
            assignee=AWKWARD if number % 2 else "",
            received_at=NOW - datetime.timedelta(days=number),
            version=1,
            state="received",
            closed_at=NOW if number % 3 else None,
            data={"text": AWKWARD, "number": number, "nothing": None},
        )
        for number in range(count)
    ]


@COUNTS
def test_models_come_back_as_they_were(count):
    made = cases(count)
    many_rows.insert_models(made)
    assert len({case.pk for case in made}) == count
    assert not any(case._state.adding for case in made)
    columns = [field.attname for field in Case._meta.concrete_fields]
    stored = {case.pk: case for case in Case.objects.all()}
    for case in made:
        assert [getattr(stored[case.pk], name) for name in columns] == [getattr(case, name) for name in columns]


@COUNTS
def test_rows_come_back_with_their_keys_in_order(count):
    (case,) = made = cases(1)
    many_rows.insert_models(made)
    sealed = [bytes([number, 0, 9, 10, 92, 255]) for number in range(count)]
    names = ("case_id", "event", "field", "sealed", "key")
    keys = many_rows.insert(PersonalValue, names, [(case.pk, 1, f"f{n}", each, "k") for n, each in enumerate(sealed)])
    stored = PersonalValue.objects.in_bulk(keys)
    assert [bytes(stored[key].sealed) for key in keys] == sealed
    many_rows.insert(PersonalIndex, ("value_id", "by", "digest", "key"), [(key, "phone", "0", "k") for key in keys])
    assert set(PersonalIndex.objects.values_list("pk", flat=True)) == set(keys)


def test_keys_go_on_behind_those_that_were_given():
    many_rows.insert_models(cases(40))
    (one,) = more = cases(1)
    one.reference = "CC-more"
    many_rows.insert_models(more)
    assert one.pk == Case.objects.order_by("-pk").first().pk


@COUNTS
def test_constraints_hold(count):
    made = cases(count + 1)
    made[-1].reference = made[0].reference if count else None
    with pytest.raises(IntegrityError), transaction.atomic():
        many_rows.insert_models(made)
    assert not Case.objects.exists()


@pytest.mark.parametrize("count", [2, 60])
def test_triggers_hold(count):
    (case,) = made = cases(1)
    many_rows.insert_models(made)
    # The events would leave a gap in the numbers of the case.
    events = [
        CaseEvent(
            seq=number,
            case=case,
            number=number + (number == count),
            type="received",
            kind=case.kind,
            state="received",
            closed=False,
            agency=case.agency,
            actor="citizen",
            occurred_at=NOW,
            recorded_at=NOW,
            data={},
        )
        for number in range(1, count + 1)
    ]
    with pytest.raises(DatabaseError), transaction.atomic():
        many_rows.insert_models(events)
    assert not CaseEvent.objects.exists()
