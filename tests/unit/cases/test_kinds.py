"""The declarations: the check that they are consistent, their schemas, and what is read off them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from portal.cases.counts.tabulating import Measure
from portal.cases.deadlines.rule import Unit
from portal.cases.kinds import DECLARED, KINDS
from portal.cases.kinds.checks import check_kinds, faults_of
from portal.cases.kinds.consumer_complaint import KIND
from portal.cases.kinds.declaration import STAFF, Extends, Role, State, Sum, Transition
from portal.cases.kinds.fields import Choice, Field, FieldType
from portal.cases.kinds.schema import schemas
from portal.cases.kinds.validation import Times, validated
from portal.cases.kinds.venue_booking import KIND as BOOKING
from portal.cases.refusals import ValuesInvalid
from portal.core.languages import translated
from portal.statistics.units import UNITS
from tests.factories.cases import COMPLAINT, PERSONAL, complaint_values
from tests.unit.cases.test_validation import JSON, TIMES, said


def step(**changes):
    """A transition of the complaint, changed."""
    return replace(Transition("go", "Go", ("received",), "settled", STAFF), **changes)


def with_field(**changes):
    """The complaint with one more field."""
    return replace(KIND, fields=(*KIND.fields, replace(Field("extra", FieldType.TEXT, "Extra"), **changes)))


def reserving(**changes):
    """The booking of a venue, reserving otherwise."""
    return replace(BOOKING, reserves=replace(BOOKING.reserves, **changes))


FAULTY = {
    "small letters": replace(KIND, name="Complaint"),
    "prefix": replace(KIND, prefix="CO"),
    "two states": replace(KIND, states=(*KIND.states, KIND.states[0])),
    "two transitions": replace(KIND, transitions=(*KIND.transitions, KIND.transitions[0])),
    "every kind has": replace(KIND, transitions=(*KIND.transitions, step(name="reopened"))),
    "at least a day": replace(KIND, retention_days=0),
    "two fields": with_field(name="channel"),
    "different ways": replace(
        KIND, transitions=(*KIND.transitions, step(fields=(Field("amount", FieldType.DATE, "A"),)))
    ),
    "no field of receipt": replace(KIND, at_least_one=(("consumer_fax",),)),
    "digits and underscores": with_field(name="a-b"),
    "cannot be counted": with_field(personal=True, counted=True, type=FieldType.BOOLEAN),
    "carries it as a text": with_field(personal=True, type=FieldType.INTEGER),
    "only be counted": with_field(counted=True),
    "has choices": with_field(type=FieldType.CHOICE),
    "twice": with_field(type=FieldType.CHOICE, choices=(Choice("a", "A"), Choice("a", "B"))),
    "is no text": with_field(type=FieldType.DATE, multiline=True),
    "may hold anything": with_field(multiline=True),
    "above its maximum": with_field(type=FieldType.INTEGER, minimum=2, maximum=1),
    "not declared": replace(KIND, states=(*KIND.states, State("merged", "M", closed=True))),
    "not an open one": replace(KIND, states=KIND.states[::-1]),
    "no transitions lead": replace(KIND, states=(*KIND.states, State("limbo", "L", closed=True))),
    "leads on": replace(
        KIND, states=(*KIND.states, State("limbo", "L")), transitions=(*KIND.transitions, step(target="limbo"))
    ),
    "closed and waits": replace(KIND, states=tuple(replace(each, waits=True) for each in KIND.states)),
    "continued from nowhere": replace(KIND, continued_from=("nowhere",)),
    "touches nowhere": replace(KIND, transitions=(*KIND.transitions, step(target="nowhere"))),
    "closed state": replace(KIND, transitions=(*KIND.transitions, step(origins=("settled",)))),
    "is no stage": replace(KIND, transitions=(*KIND.transitions, step(stages=("third",)))),
    "nobody may take": replace(KIND, transitions=(*KIND.transitions, step(by=frozenset()))),
    "not declared before it": replace(KIND, stages=KIND.stages[::-1]),
    "stages follow on": replace(KIND, continued_from=()),
    "so it is personal": with_field(identify=True),
    "named by transitions": with_field(type=FieldType.AGENCY),
    "to one agency": replace(
        KIND, transitions=(*KIND.transitions, step(fields=(Field("to_agency", FieldType.AGENCY, "A"),)))
    ),
    "extends no time limit": replace(
        KIND, transitions=(*KIND.transitions, step(extends=Extends("amount_recovered", "ground")))
    ),
    "two sums": replace(KIND, sums=(Sum("a", "amount", "A", "case"),) * 2),
    "no sum of an integer": replace(KIND, sums=(Sum("a", "amount", "A", "case"),)),
    "takes a type of resource": with_field(type=FieldType.RESOURCE),
    "reserves by nothing": reserving(resource="nothing"),
    "reserves by venue, which is no field that is a datetime": reserving(starts_at="venue"),
    "reserves while it is in limbo": reserving(while_in=frozenset({"limbo"})),
    "no counted choice": reserving(counted_as=Field("facility", FieldType.TEXT, "F")),
    "nobody sends it": reserving(counted_as=BOOKING.fields_by_name["audience"]),
    "no boolean of receipt": with_field(name="confidential"),
}


def test_the_declared_kinds_are_consistent():
    assert check_kinds(None) == []
    assert list(KINDS.values()) == list(DECLARED)


@pytest.mark.parametrize("words", FAULTY)
def test_what_is_inconsistent_is_told(words):
    told = " ".join(faults_of(FAULTY[words]))
    assert all(word in told for word in words.split()), told


def test_every_label_has_both_languages():
    for kind in DECLARED:
        labels = [kind.label, *(each.label for each in (*kind.states, *kind.stages, *kind.transitions))]
        labels += [field.label for field in kind.all_fields()]
        labels += [choice.label for field in kind.all_fields() for choice in field.choices]
        for label in labels:
            texts = translated(label)
            assert texts["zh-Hant"] != texts["en"]


def test_sums_have_a_unit_that_datasets_know():
    sums = [each for kind in DECLARED for each in kind.sums]
    assert {each.unit for each in sums} <= UNITS.keys()
    assert all(translated(each.label)["zh-Hant"] != translated(each.label)["en"] for each in sums)
    assert not {each.code for each in sums} & set(Measure)


def test_what_is_read_off_the_complaint():
    assert [dimension.name for dimension in KIND.dimensions] == ["stage", "channel", "category", "outcome"]
    assert [choice.code for choice in KIND.dimensions[-1].codes] == [
        "settled",
        "not-settled",
        "withdrawn",
        "not-accepted",
        "transferred",
    ]
    rule = KIND.deadline_at("first-complaint")
    assert (rule.days, rule.unit) == (15, Unit.CALENDAR)
    assert KIND.deadline_at("mediation") is None
    assert [each.name for each in KIND.available("received", "mediation", Role.OFFICER)] == [
        "request-supplement",
        "arrange-hearing",
        "settle",
        "withdraw",
        "decline",
        "transfer",
    ]
    assert [each.name for each in KIND.available("received", "mediation", Role.CITIZEN)] == ["withdraw"]
    assert KIND.available("settled", "mediation", Role.OFFICER) == ()


FORMATS = FormatChecker(["date"])


def fits(kind, event_type, values):
    """Whether values fit the schema of a type of event."""
    return Draft202012Validator(schemas(kind)[event_type], format_checker=FORMATS).is_valid(values)


@pytest.mark.parametrize("kind", DECLARED, ids=lambda kind: kind.name)
def test_schemas_are_schemas(kind):
    made = schemas(kind)
    assert made.keys() == {"received", "amended", "assigned", "merged", "reopened"} | kind.transitions_by_name.keys()
    for schema in made.values():
        Draft202012Validator.check_schema(schema)
        assert schema["additionalProperties"] is False
    for field in kind.receipt:
        assert made["received"]["properties"][field.name].get("x-personal", False) is field.personal


def test_the_schema_of_a_receipt():
    assert fits(KIND, "received", COMPLAINT | PERSONAL)
    assert not fits(KIND, "received", COMPLAINT)
    assert not fits(KIND, "received", COMPLAINT | PERSONAL | {"extra": 1})
    assert fits(KIND, "received", {"stage": "mediation"})
    assert not fits(KIND, "received", {"stage": "first-complaint"})
    assert not fits(KIND, "received", {})
    assert not fits(KIND, "received", complaint_values(consumer_phone=None, consumer_email=None))
    assert fits(KIND, "amended", {"amount": None})
    assert not fits(KIND, "amended", {"channel": None})


@given(st.dictionaries(st.sampled_from([*KIND.fields_by_name]), JSON, max_size=3))
def test_what_validation_accepts_fits_the_schema(changes):
    try:
        read = validated(complaint_values() | changes, KIND.receipt, TIMES, at_least_one=KIND.at_least_one)
    except ValuesInvalid:
        return
    assert fits(KIND, "received", said(read))


def test_transitions_say_what_they_need():
    with pytest.raises(ValuesInvalid) as raised:
        validated({}, KIND.transitions_by_name["negotiate"].fields, Times(TIMES.received_at, TIMES.now))
    assert [problem.name for problem in raised.value.problems] == ["meeting_at", "meeting_place"]
    assert schemas(KIND)["negotiate"]["required"] == ["meeting_at", "meeting_place"]
