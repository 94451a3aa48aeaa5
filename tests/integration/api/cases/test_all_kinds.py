"""The module API with every kind: what is described can be sent, and is for whoever has the kind's own scopes."""

import pytest
from jsonschema import Draft202012Validator

from portal.api.v1.cases.scopes import scope
from portal.cases.kinds import KINDS
from tests.factories.kinds import CLOSING, prepare, values_of
from tests.factories.modules import Sender
from tests.integration.api.cases.reading import problem

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("kind", KINDS)]


@pytest.fixture(autouse=True)
def _prepared(kind, db):
    prepare(kind)


VERBS = ("read", "write", "personal")


def address(kind):
    return f"/api/v1/cases/{kind}/"


def sender_of(kind, *verbs):
    return Sender(*(scope(kind, verb) for verb in verbs or VERBS))


def personal_of(kind, values):
    return {name: value for name, value in values.items() if KINDS[kind].fields_by_name[name].personal}


def test_what_its_schemas_allow_is_received_moved_and_told(kind):
    sender = sender_of(kind)
    described = sender.get(f"/api/v1/cases/kinds/{kind}/").json()
    values, (transition, said) = values_of(kind), CLOSING[kind]
    assert Draft202012Validator(described["schemas"]["received"]).is_valid(values)
    assert Draft202012Validator(described["schemas"][transition]).is_valid(said)
    case = sender.post(address(kind), {"values": values})
    assert case.status_code == 201, case.content
    done = sender.post(f"{case['Location']}events/", {"type": transition, "values": said}, If_Match=case["ETag"])
    assert done.status_code == 201, done.content
    assert done.json()["case"]["closed"] is True
    told = sender.get("/api/v1/cases/feed/", kind=kind).json()["results"]
    assert [event["type"] for event in told] == ["received", transition]
    assert [event["personal"] for event in told] == [personal_of(kind, values), personal_of(kind, said)]
    assert sender.get(case["Location"]).json()["personal"] == personal_of(kind, values)


def test_an_unknown_field_and_a_wrong_step_are_named(kind):
    sender = sender_of(kind)
    problem(
        sender.post(address(kind), {"values": values_of(kind) | {"extra": 1}}), 422, "values-invalid", "/values/extra"
    )
    case = sender.post(address(kind), {"values": values_of(kind)})
    assert sender.post(f"{case['Location']}events/", {"type": "no-such-step"}, If_Match="*").status_code == 422


def test_lines_in_bulk(kind):
    sender = sender_of(kind)
    results = sender.bulk({"values": values_of(kind)}, {"values": {}}, address=f"{address(kind)}bulk/")
    assert [result["status"] for result in results] == [201, 422]


@pytest.mark.parametrize("verb", VERBS)
def test_scopes_of_this_kind_and_no_other(kind, verb):
    made = sender_of(kind).post(address(kind), {"values": values_of(kind)})["Location"]
    others = [scope(other, each) for other in KINDS if other != kind for each in VERBS]
    stranger, sender = Sender(*others), sender_of(kind, verb)
    asked = {
        "write": lambda asking: asking.post(address(kind), {"values": values_of(kind)}),
        "read": lambda asking: asking.get(made),
        "feed": lambda asking: asking.get("/api/v1/cases/feed/", kind=kind),
    }
    for what, ask in asked.items():
        problem(ask(stranger), 403, "insufficient-scope")
        if verb == ("read" if what == "feed" else what):
            assert ask(sender).status_code in (200, 201)
        else:
            problem(ask(sender), 403, "insufficient-scope")


def test_what_is_personal_is_told_with_its_scope_alone(kind):
    made = sender_of(kind).post(address(kind), {"values": values_of(kind)})["Location"]
    told = sender_of(kind, "read").get(made)
    assert "personal" not in told.json()
    assert not [value for value in personal_of(kind, values_of(kind)).values() if value in told.content.decode()]


def test_a_case_of_another_agency_is_none(kind):
    made = sender_of(kind).post(address(kind), {"values": values_of(kind)})["Location"]
    other = Sender(*(scope(kind, verb) for verb in VERBS), agency="health-bureau")
    problem(other.get(made), 404, "not-found")
    problem(other.post(f"{made}events/", {"type": CLOSING[kind][0]}, If_Match="*"), 404, "not-found")
    assert other.get("/api/v1/cases/feed/", kind=kind).json()["results"] == []


def test_it_says_which_steps_hand_a_case_over_or_give_it_more_time(kind):
    described = sender_of(kind).get(f"/api/v1/cases/kinds/{kind}/").json()
    steps = {step["name"]: (step["hands_over"], step["extends"]) for step in described["steps"]}
    special = {name: told for name, told in steps.items() if any(told)}
    expected = {"hand-over": (True, False), "extend": (False, True)} if kind == "petition" else {}
    assert special == expected
