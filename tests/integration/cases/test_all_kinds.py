"""What holds for every kind: a new one is a declaration, and all of this works with it."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.cases import selectors, verify
from portal.cases.kinds import KINDS
from portal.cases.models import Case, CaseEvent, PersonalValue
from portal.cases.personal import erasing
from portal.cases.personal.keeping import STORE
from portal.cases.transitions import amend, reopen
from tests.factories.accounts import UI_LANGUAGES
from tests.factories.cases import moved, received
from tests.factories.cases_officers import desk
from tests.factories.kinds import CLOSING, prepare, values_of
from tests.factories.pages import home

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("kind", KINDS)]


@pytest.fixture(autouse=True)
def _prepared(kind, db):
    prepare(kind)


def filed(kind):
    return received(kind, values=values_of(kind), personal=STORE)


def closed(kind):
    case = filed(kind)
    transition, values = CLOSING[kind]
    moved(case, transition, values, personal=STORE)
    return selectors.case(case.reference)


def test_it_is_received_closed_reopened_and_what_its_events_say(kind):
    case = closed(kind)
    assert case.closed_at is not None
    reopen(case_reference=case.reference, actor="user:1", personal=STORE)
    assert selectors.case(case.reference).state == KINDS[kind].initial.name
    assert list(verify.faults()) == []


def test_nothing_personal_is_in_the_tables_of_cases(kind):
    case = closed(kind)
    personal = {name for name, field in KINDS[kind].fields_by_name.items() if field.personal}
    said = {name: value for name, value in (values_of(kind) | CLOSING[kind][1]).items() if name in personal}
    rows = str([list(model.objects.values()) for model in (Case, CaseEvent)])
    assert not [value for value in said.values() if value in rows]
    assert set(PersonalValue.objects.filter(case=case).values_list("field", flat=True)) == said.keys()


def test_its_personal_data_is_erased_after_its_time_and_the_case_stays(kind):
    case = closed(kind)
    days = datetime.timedelta(days=KINDS[kind].retention_days)
    for moment in (case.closed_at + days - datetime.timedelta(seconds=1), case.closed_at + days):
        erasing.erase_due([erasing.Closed(case.pk, case.closed_at, KINDS[kind].retention_days)], moment)
        assert PersonalValue.objects.exists() is (moment < case.closed_at + days and _says_something_personal(kind))
    assert selectors.case(case.reference).state == case.state


def _says_something_personal(kind):
    names = {name for name, field in KINDS[kind].fields_by_name.items() if field.personal}
    return bool(names & (values_of(kind) | CLOSING[kind][1]).keys())


@pytest.mark.parametrize("language", UI_LANGUAGES)
def test_its_page_and_its_steps_at_the_desk(kind, language):
    home()
    case = filed(kind)
    client: Client = desk(language=language, kind=kind, may_decide=True)
    page = client.get(reverse("cases_desk:case", args=[case.reference]))
    assert page.status_code == 200
    for transition in KINDS[kind].available(case.state, case.stage, "officer"):
        address = reverse("cases_desk:step", args=[case.reference, transition.name])
        assert address in page.content.decode()
        form = client.get(address)
        assert form.status_code == 200
        assert all(f'name="{field.name}"' in form.content.decode() for field in transition.fields)
    assert client.get(reverse("cases_desk:amend", args=[case.reference])).status_code == 200
    transition, values = CLOSING[kind]
    typed = {name: str(value) for name, value in values.items()}
    today = timezone.localdate().isoformat()
    typed |= {name: today for name in typed if name.endswith("_on")}
    client.post(reverse("cases_desk:step", args=[case.reference, transition]), {"version": 1, **typed})
    assert selectors.case(case.reference).closed_at is not None


def test_it_is_not_seen_by_officers_of_other_kinds(kind):
    home()
    case = filed(kind)
    other = next(name for name in KINDS if name != kind)
    client = desk(kind=other, may_decide=True, may_read_personal=True)
    assert client.get(reverse("cases_desk:case", args=[case.reference])).status_code == 404


def test_a_field_is_amended(kind):
    case = filed(kind)
    field = next(each for each in KINDS[kind].fields if each.choices)
    other = field.choices[-1].code
    amend(case_reference=case.reference, values={field.name: other}, actor="user:1", personal=STORE)
    assert selectors.case(case.reference).data[field.name] == other
