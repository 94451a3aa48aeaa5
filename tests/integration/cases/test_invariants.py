"""Whatever is done to cases in whatever order: each is what its events say, and goes through declared steps only."""

from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from portal.cases import selectors, verify
from portal.cases.assigning import assign
from portal.cases.giving_secrets import give
from portal.cases.kinds import KINDS
from portal.cases.kinds.fields import Field, FieldType
from portal.cases.kinds.steps import STEPS
from portal.cases.merging import merge
from portal.cases.models import Case, CaseEvent
from portal.cases.noting import note
from portal.cases.refusals import Refused
from portal.cases.replaying import replay, standing_of
from portal.cases.transitions import amend, reopen
from tests.factories.cases import Remembering, complaint_values, moved, received
from tests.factories.cases_officers import officer
from tests.factories.kinds import prepare, values_of

ACTORS = st.sampled_from(["citizen", "user:1", "user:2", "module:elsewhere"])
TRANSITIONS = st.sampled_from(sorted({name for kind in KINDS.values() for name in kind.transitions_by_name}))
WHICH = st.integers(0, 4)

STEPS_TAKEN = st.one_of(
    st.tuples(st.just("receive"), st.sampled_from(KINDS["consumer-complaint"].stages), st.none() | WHICH),
    st.tuples(st.just("other"), st.sampled_from(sorted(KINDS.keys() - {"consumer-complaint"}))),
    # Most often, so that cases get somewhere.
    *[st.tuples(st.just("advance"), WHICH, TRANSITIONS, ACTORS)] * 4,
    st.tuples(st.just("amend"), WHICH, st.sampled_from([{"amount": "1"}, {"amount": None}, {"channel": "post"}, {}])),
    st.tuples(st.just("assign"), WHICH, st.sampled_from([None, "", "user:3"]), st.sampled_from([None, "a", "b"])),
    st.tuples(st.just("merge"), WHICH, WHICH),
    st.tuples(st.just("reopen"), WHICH),
    st.tuples(st.just("note"), WHICH),
    st.tuples(st.just("give secret"), WHICH),
)


def sample(field: Field):
    """A value that a field accepts."""
    return {
        FieldType.TEXT: "本府",
        FieldType.CHOICE: field.choices[0].code if field.choices else "",
        FieldType.DATE: timezone.localdate().isoformat(),
        FieldType.DATETIME: "2099-01-01T00:00:00Z",
        FieldType.AMOUNT: "100",
        FieldType.INTEGER: 3,
        FieldType.AGENCY: "b",
        FieldType.BOOLEAN: True,
        FieldType.RESOURCE: {"venue": "siwei-hall", "vehicle": "van-1"}.get(field.takes),
        FieldType.CASE: Case.objects.values_list("reference", flat=True).first(),
    }[field.type]


class AnyOrder(TestCase):
    """Hypothesis chooses the steps."""

    @settings(max_examples=60)
    @given(st.lists(STEPS_TAKEN, min_size=1, max_size=25))
    def test_a_case_is_what_its_events_say(self, steps):
        received()
        prepare("venue-booking")
        officer(kind="petition", agency="b", may_decide=True)
        for step in steps:
            before = (list(Case.objects.values()), CaseEvent.objects.count())
            try:
                take(step)
            except Refused:
                assert (list(Case.objects.values()), CaseEvent.objects.count()) == before
        assert list(verify.faults()) == []
        for case in Case.objects.all():
            events = list(selectors.timeline(case))
            assert replay(events) == standing_of(case)
            as_declared(case, events)
        seqs = [event.seq for event in selectors.feed(after=0, limit=1000).events]
        assert seqs == list(range(1, len(seqs) + 1))


def take(step):
    """One step, with the case that a number means."""
    references = list(Case.objects.order_by("pk").values_list("reference", flat=True))

    def chosen(place):
        return references[place % len(references)]

    given = {"actor": "user:1", "personal": Remembering()}
    match step:
        case ("receive", stage, place):
            values, follows = complaint_values(stage=stage.name), None if place is None else chosen(place)
            received(values=values, follows=follows)
        case ("other", kind):
            received(kind, values=values_of(kind))
        case ("advance", place, transition, actor):
            found = selectors.case(chosen(place))
            declared = KINDS[found.kind].transitions_by_name.get(transition)
            values = {field.name: sample(field) for field in declared.fields} if declared else {}
            moved(found, transition, values, actor=actor)
        case ("amend", place, values):
            amend(case_reference=chosen(place), values=values, **given)
        case ("assign", place, assignee, agency):
            assign(case_reference=chosen(place), assignee=assignee, agency=agency, **given)
        case ("merge", place, into):
            merge(case_reference=chosen(place), into=chosen(into), **given)
        case ("reopen", place):
            reopen(case_reference=chosen(place), **given)
        case ("note", place):
            note(case_reference=chosen(place), values={"internal_note": "已致電"}, **given)
        case ("give secret", place):
            give(case_reference=chosen(place), actor="user:1")


def as_declared(case, events):
    """Each event leads from the state before to its own as the kind declares."""
    kind, state = KINDS[case.kind], None
    for event in events:
        if event.type in kind.transitions_by_name:
            declared = kind.transitions_by_name[event.type]
            assert state in declared.origins
            assert event.state == declared.target
            assert not declared.stages or case.stage in declared.stages
            handed = declared.hands_to
            assert not handed or (event.agency, event.assignee) == (event.data[handed.name], "")
        else:
            assert event.type in STEPS
            expected = {"received": kind.initial.name, "reopened": kind.initial.name, "merged": "merged"}
            assert event.state == expected.get(event.type, state)
        assert event.closed is kind.states_by_name[event.state].closed
        assert not {field.name for field in kind.all_fields() if field.personal} & event.data.keys()
        state = event.state
    assert (case.closed_at is not None) is kind.states_by_name[case.state].closed
