"""The database itself lets no two reservations of one resource overlap, whatever the code above it does."""

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from portal.resources import triggers
from portal.resources.models import Reservation, Resource
from portal.resources.reserving import clash, move, reserve, slot_of
from portal.resources.selectors import busy
from tests.factories.resources import hours, meeting_room, room, slot
from tests.races import at_once

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "again", [(0, 2), (1, 3), (-1, 1), (0.5, 1.5), (-1, 3), (1.99, 2.5)], ids=lambda hours: f"{hours[0]} to {hours[1]}"
)
def test_an_overlap_is_refused(again):
    hall = room()
    reserve(slot(hall, 0, 2))
    assert clash(slot(hall, *again)) == slot(hall, max(again[0], 0), min(again[1], 2))
    with pytest.raises(IntegrityError), transaction.atomic():
        reserve(slot(hall, *again))
    other = reserve(slot(hall, 10, 11))
    with pytest.raises(IntegrityError), transaction.atomic():
        move(other, slot(hall, *again))
    with pytest.raises(IntegrityError), transaction.atomic():
        Reservation.objects.bulk_create(Reservation(resource=hall, starts_at=s, ends_at=e) for s, e in [hours(*again)])
    assert Reservation.objects.count() == 2


def test_one_may_begin_as_another_ends_and_other_rooms_are_free():
    hall, other = room(), meeting_room()
    first = reserve(slot(hall, 0, 2))
    reserve(slot(hall, 2, 3))
    reserve(slot(hall, -1, 0))
    reserve(slot(other, 0, 2))
    assert clash(slot(hall, 0, 2), besides=first.pk) is None
    assert clash(slot(hall, -0.5, 2.5)) == slot(hall, -0.5, 2.5)
    move(first, slot(hall, 0.5, 1.5))
    assert clash(slot(hall, -0.5, 2.5)) == slot(hall, -0.5, 0)
    assert slot_of(Reservation.objects.get(pk=first.pk)) == slot(hall, 0.5, 1.5)


def test_a_period_ends_after_it_begins():
    hall = room()
    for wrong in [(1, 1), (2, 1)]:
        with pytest.raises(IntegrityError), transaction.atomic():
            reserve(slot(hall, *wrong))


def test_what_touches_is_told_as_one_and_cut_off_where_the_question_ends():
    hall = room()
    for period in [(0, 2), (2, 3), (5, 8), (9, 10)]:
        reserve(slot(hall, *period))
    told = [(each.starts_at, each.ends_at) for each in busy(hall, *hours(1, 6))]
    assert told == [hours(1, 3), hours(5, 6)]
    assert busy(hall, *hours(3, 5)) == []


def test_a_resource_with_reservations_cannot_be_deleted():
    hall = room()
    reserve(slot(hall, 0, 2))
    with pytest.raises(IntegrityError), transaction.atomic():
        Resource.objects.filter(pk=hall.pk)._raw_delete("default")
        connection.check_constraints()


def test_triggers_that_are_gone_are_noticed_and_put_back():
    assert triggers.missing(connection) == []
    if connection.vendor == "sqlite":
        names = list(triggers.TRIGGERS["sqlite"])
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER {names[0]}")
        assert triggers.missing(connection) == [names[0]]
        triggers.install(connection)
    assert triggers.missing(connection) == []


@pytest.mark.django_db(transaction=True)
def test_two_who_do_not_look_first_racing_200_times_never_overlap():
    hall, faults = room(), []
    for turn in range(200):
        faults += at_once(
            [
                lambda turn=turn, start=start: reserve(slot(hall, 3 * turn + start, 3 * turn + start + 2))
                for start in (0, 1)
            ]
        )
    # PostgreSQL may find two that wait for each other: then, too, it lets one of them go.
    assert len(faults) == 200
    assert {type(fault) for fault in faults} <= {IntegrityError, OperationalError}
    found = sorted(map(slot_of, Reservation.objects.all()))
    assert len(found) == 200
    assert not any(first.meets(second) for first, second in zip(found, found[1:], strict=False))
