"""The services with the store that they have by default: what is personal is encrypted, found and corrected."""

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from portal.cases.models import PersonalIndex, Reading
from portal.cases.personal import reading
from portal.cases.personal.wrapped import Personal
from portal.cases.receiving import receive
from portal.cases.transitions import advance, amend
from tests.factories.cases import AGENCY, PERSONAL, complaint_values

pytestmark = pytest.mark.django_db

OFFICER = {"actor": "user:1", "purpose": "handling"}


def a_complaint(values=None, **given):
    return receive(
        kind="consumer-complaint",
        agency=AGENCY,
        values=complaint_values() if values is None else values,
        received_at=timezone.now(),
        **{"actor": "citizen"} | given,
    )


def kept(case):
    """What is personal in a case, revealed."""
    values = reading.read(case, fields=[*PERSONAL, "missing"], **OFFICER)
    return {name: value.reveal() for name, value in values.items()}


def everything_written():
    """All rows of all tables of the room, as bytes."""
    written = []
    for model in apps.get_app_config("cases").get_models():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")
            written += [repr([bytes(cell) if isinstance(cell, memoryview) else cell for cell in row]) for row in cursor]
    return "\n".join(written)


def test_it_is_kept_and_found_but_nowhere_in_clear():
    case = a_complaint()
    advance(
        case_reference=case.reference,
        transition="request-supplement",
        values={"missing": "請補發票與 A123456789"},
        actor="user:1",
    )
    assert kept(case) == PERSONAL | {"missing": "請補發票與 A123456789"}
    assert reading.find(PersonalIndex.By.PHONE, Personal("+886 912 345 678"), **OFFICER) == [case.pk]
    assert reading.find(PersonalIndex.By.EMAIL, Personal("MING@example.org"), **OFFICER) == [case.pk]
    written = everything_written()
    assert case.reference in written
    for value in [*PERSONAL.values(), "A123456789"]:
        assert value not in written
        assert value.encode("unicode_escape").decode() not in written


def test_what_is_corrected_and_what_is_taken_out():
    case = a_complaint()
    values = {"consumer_phone": "07-3368333", "consumer_email": None}
    amend(case_reference=case.reference, values=values, actor="user:1")
    assert kept(case) == {name: value for name, value in PERSONAL.items() if name != "consumer_email"} | {
        "consumer_phone": "07-3368333"
    }
    assert reading.find(PersonalIndex.By.EMAIL, Personal(PERSONAL["consumer_email"]), **OFFICER) == []


@pytest.mark.parametrize("actor", ["citizen", "user:1", "module:elsewhere"])
def test_the_next_stage_knows_what_the_one_before_did(actor):
    first = a_complaint()
    given = {"stage": "mediation", "description": "協商未果"}
    later = a_complaint(given, follows=first.reference, actor=actor)
    assert kept(later) == PERSONAL | {"description": "協商未果"}
    assert kept(first) == PERSONAL
    read_for_it = Reading.objects.filter(reference=first.reference).order_by("at").first()
    assert read_for_it.fields == ["consumer_email", "consumer_name", "consumer_phone"]
    assert read_for_it.actor == ("system:following" if actor == "citizen" else actor)
