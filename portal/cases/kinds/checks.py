"""Are the declarations of kinds consistent? One of Django's system checks, for those who write a kind."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.checks import Error, register

from portal.cases.deadlines.rule import LONGEST
from portal.cases.kinds import DECLARED
from portal.cases.kinds.declaration import Extends, Kind, Transition
from portal.cases.kinds.fields import CONFIDENTIAL, Field, FieldType
from portal.cases.kinds.steps import MERGED, STEPS

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_FIELD_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_PREFIX = re.compile(r"[A-HJKMNP-TV-Z]{2}")
_LONGEST_NAME = 40
#: A longer text, or one of several lines, may hold anything about anybody.
_LONGEST_PLAIN_TEXT = 200


@register
def check_kinds(app_configs: Any, **_kwargs: Any) -> list[Error]:
    """Every fault of every declared kind, as errors of Django's."""
    faults = [(kind, fault) for kind in DECLARED for fault in faults_of(kind)]
    twice = _twice([kind.name for kind in DECLARED] + [kind.prefix for kind in DECLARED])
    return [Error(f"The kind {kind.name}: {fault}", id="cases.E002") for kind, fault in faults] + [
        Error(f"Two kinds are called {name}, or have it as their prefix.", id="cases.E003") for name in twice
    ]


def faults_of(kind: Kind) -> Iterator[str]:
    """What is inconsistent in a declaration, a sentence each."""
    yield from _names(kind)
    yield from _fields(kind)
    yield from _states(kind)
    for transition in kind.transitions:
        yield from _transition(kind, transition)
    yield from _stages(kind)
    yield from _sums(kind)
    yield from _confidential(kind)
    yield from _reserves(kind)


def _names(kind: Kind) -> Iterator[str]:
    states, stages = [each.name for each in kind.states], [each.name for each in kind.stages]
    transitions = [each.name for each in kind.transitions]
    for name in (kind.name, *states, *stages, *transitions):
        if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
            yield f"“{name}” is no name of at most {_LONGEST_NAME} small letters, digits and hyphens."
    if not _PREFIX.fullmatch(kind.prefix):
        yield f"the prefix {kind.prefix} is not two capital letters without I, L, O and U."
    yield from (f"two states are called {name}." for name in _twice(states))
    yield from (f"two stages are called {name}." for name in _twice(stages))
    yield from (f"two transitions are called {name}." for name in _twice(transitions))
    for name in STEPS.keys() & set(transitions):
        yield f"the transition {name} has the name of a step that every kind has."
    if kind.retention_days < 1:
        yield "personal data is kept for at least a day."


def _fields(kind: Kind) -> Iterator[str]:
    for name in _twice(field.name for field in kind.receipt):
        yield f"two fields are called {name}."
    if any(field.type is FieldType.AGENCY for field in kind.receipt):
        yield "an agency is named by transitions, not on receipt."
    for transition in kind.transitions:
        for name in _twice(field.name for field in transition.fields):
            yield f"two fields of {transition.name} are called {name}."
    meanings: dict[str, set[Field]] = {}
    for field in kind.all_fields():
        meanings.setdefault(field.name, set()).add(field)
    for name, declared in meanings.items():
        if len(declared) > 1:
            yield f"the field {name} is declared in different ways."
        for field in declared:
            yield from (f"the field {name} {fault}" for fault in _field(field))
    for name in (name for group in kind.at_least_one for name in group):
        if name not in {field.name for field in kind.fields}:
            yield f"at least one of {name} and others is required, but it is no field of receipt."


def _field(field: Field) -> Iterator[str]:
    if not _FIELD_NAME.fullmatch(field.name) or len(field.name) > _LONGEST_NAME:
        yield f"has no name of at most {_LONGEST_NAME} small letters, digits and underscores."
    if field.counted and field.personal:
        yield "is personal, so it cannot be counted."
    if field.identify and not field.personal:
        yield "identifies somebody, so it is personal."
    if field.personal and field.type is FieldType.AGENCY:
        yield "is an agency, which is not personal."
    if field.personal and field.type in (FieldType.INTEGER, FieldType.BOOLEAN):
        yield "is personal, so JSON carries it as a text."
    if field.counted and field.type not in (FieldType.CHOICE, FieldType.BOOLEAN):
        yield "can only be counted as a choice or a boolean."
    if (field.type is FieldType.CHOICE) != bool(field.choices):
        yield "has choices if, and only if, it is one."
    for code in _twice(choice.code for choice in field.choices):
        yield f"has the choice {code} twice."
    if (field.type is FieldType.RESOURCE) != bool(field.takes):
        yield "takes a type of resource if, and only if, it is one."
    if field.type is not FieldType.TEXT and (field.rule or field.multiline):
        yield "is no text, so it has neither a rule nor several lines."
    may_hold_anything = field.multiline or field.max_length > _LONGEST_PLAIN_TEXT
    if field.type is FieldType.TEXT and may_hold_anything and not field.personal:
        yield "is a text that may hold anything, so it is personal."
    if field.minimum is not None and field.maximum is not None and field.minimum > field.maximum:
        yield "has a minimum above its maximum."


def _states(kind: Kind) -> Iterator[str]:
    if MERGED in {state.name for state in kind.states}:
        yield f"the state {MERGED} is every kind's, and not declared."
    if not kind.states or kind.initial.closed:
        yield "the first state is not an open one."
        return
    reached, steps = {kind.initial.name}, 0
    while steps != len(reached):
        steps = len(reached)
        reached |= {each.target for each in kind.transitions if reached.intersection(each.origins)}
    for state in kind.states:
        if state.name not in reached:
            yield f"no transitions lead to the state {state.name}."
        if not state.closed and not any(state.name in each.origins for each in kind.transitions):
            yield f"no transition leads on from the open state {state.name}."
        if state.closed and state.waits:
            yield f"the state {state.name} is closed and waits."
    for name in set(kind.continued_from) - {state.name for state in kind.states}:
        yield f"it is continued from {name}, which is no state."


def _transition(kind: Kind, transition: Transition) -> Iterator[str]:
    for name in {*transition.origins, transition.target} - {state.name for state in kind.states}:
        yield f"the transition {transition.name} touches {name}, which is no state."
    for name in transition.origins:
        if name in kind.states_by_name and kind.states_by_name[name].closed:
            yield f"the transition {transition.name} begins in the closed state {name}; that is for reopening."
    for name in set(transition.stages) - kind.stages_by_name.keys():
        yield f"the transition {transition.name} is of {name}, which is no stage."
    agencies = [field for field in transition.fields if field.type is FieldType.AGENCY]
    if len(agencies) > 1 or not all(field.required for field in agencies):
        yield f"the transition {transition.name} hands the case to one agency, which has to be named."
    if transition.extends and not _says_how_much(kind, transition, transition.extends):
        yield f"the transition {transition.name} extends no time limit by required days on a required ground."
    if not transition.by:
        yield f"nobody may take the transition {transition.name}."


def _says_how_much(kind: Kind, transition: Transition, extends: Extends) -> bool:
    required = {field.name: field for field in transition.fields if field.required}
    days, ground = (required.get(name) for name in (extends.days, extends.ground))
    return (
        days is not None
        and ground is not None
        and days.type is FieldType.INTEGER
        and (days.minimum or 0) >= 1
        and (days.maximum or LONGEST + 1) <= LONGEST
        and ground.type is FieldType.CHOICE
        and bool(kind.deadline or any(stage.deadline for stage in kind.stages))
    )


def _sums(kind: Kind) -> Iterator[str]:
    for code in _twice(each.code for each in kind.sums):
        yield f"two sums are called {code}."
    for each in kind.sums:
        field = kind.fields_by_name.get(each.field)
        if field is None or field.type is not FieldType.INTEGER or field.minimum is None or field.minimum < 0:
            yield f"{each.code} is no sum of an integer that is never below zero."


def _confidential(kind: Kind) -> Iterator[str]:
    field = kind.fields_by_name.get(CONFIDENTIAL)
    if field and (field not in kind.fields or field.type is not FieldType.BOOLEAN):
        yield f"{CONFIDENTIAL} is no boolean of receipt."


def _stages(kind: Kind) -> Iterator[str]:
    before: set[str] = set()
    for stage in kind.stages:
        for name in set(stage.after) - before:
            yield f"the stage {stage.name} is after {name}, which is not declared before it."
        before.add(stage.name)
    if any(stage.after for stage in kind.stages) != bool(kind.continued_from):
        yield "stages follow on others if, and only if, there are states that they continue from."


def _reserves(kind: Kind) -> Iterator[str]:
    reserves = kind.reserves
    if reserves is None:
        return
    known = kind.fields_by_name
    types = (FieldType.RESOURCE, FieldType.DATETIME, FieldType.DATETIME)
    for name, type in zip(reserves.fields, types, strict=True):
        if name not in known or known[name].type is not type:
            yield f"it reserves by {name}, which is no field that is a {type}."
    for name in sorted(reserves.while_in - {state.name for state in kind.states}):
        yield f"it reserves while it is in {name}, which is no state."
    counted_as = reserves.counted_as
    if counted_as and not (counted_as.counted and counted_as.choices):
        yield f"what it reserves is counted as {counted_as.name}, which is no counted choice."
    if counted_as and counted_as.name in {field.name for field in kind.receipt}:
        yield f"the portal fills in {counted_as.name}, so nobody sends it."


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]
