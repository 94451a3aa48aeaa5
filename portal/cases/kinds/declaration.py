"""What a kind of case is: a declaration of data, from which validation, schemas, forms, buttons and counts are made.

Nothing here touches the database. Labels and helps are lazy texts of the interface, English in the code and Chinese in
the catalogue, so that every one has both languages.
"""

import datetime
import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.cases.deadlines.rule import DeadlineRule
from portal.cases.kinds.fields import ATTACHMENT_NAME, INTERNAL_NOTE, REASON, YES_NO, Choice, Field, FieldType
from portal.cases.kinds.steps import MERGED


class Role(enum.StrEnum):
    """Who does something to a case."""

    CITIZEN = "citizen"
    OFFICER = "officer"
    MODULE = "module"
    SYSTEM = "system"


#: Who works on cases.
STAFF = frozenset({Role.OFFICER, Role.MODULE})
EVERYONE = STAFF | {Role.CITIZEN}


@dataclass(frozen=True)
class State:
    """Where a case stands. A closed state is an outcome. While ``waits`` is true the clock of a deadline stands still,
    since the next step is the citizen's.
    """

    name: str
    label: Promise
    closed: bool = False
    waits: bool = False


@dataclass(frozen=True)
class Stage:
    """A step of a matter that makes a case of its own (first complaint, second complaint, mediation).

    A case of a stage with ``after`` may follow a case of one of those stages. It need not: the matter may have been
    brought to somebody else before.
    """

    name: str
    label: Promise
    after: tuple[str, ...] = ()
    deadline: DeadlineRule | None = None


@dataclass(frozen=True)
class Extends:
    """That a step gives a case more time: the integer field that says how many days more, of the unit of the time
    limit, and the choice that says why, in words that may be shown to anybody.
    """

    days: str
    ground: str


@dataclass(frozen=True)
class Transition:
    """A step from one of some states to a state, with the values that it needs.

    ``by`` says who may take it, ``informs`` whether the citizen is told, ``stages`` at which stages it exists (all,
    where empty), ``extends`` whether it gives more time.
    """

    name: str
    label: Promise
    origins: tuple[str, ...]
    target: str
    by: frozenset[Role]
    fields: tuple[Field, ...] = ()
    informs: bool = False
    stages: tuple[str, ...] = ()
    extends: Extends | None = None

    @property
    def hands_to(self) -> Field | None:
        """The field that names the agency which the case goes to with this step; None where it stays."""
        return next((each for each in self.fields if each.type is FieldType.AGENCY), None)


@dataclass(frozen=True)
class Sum:
    """A measure of the counts besides the numbers of cases: the sum of an integer field over the closed ones.

    ``code`` and ``unit`` (a code of `portal.statistics.units`) are what a dataset has for it.
    """

    code: str
    field: str
    label: Promise
    unit: str


@dataclass(frozen=True)
class Reserves:
    """That a case keeps a resource for itself while it is in one of the states ``while_in``, if it names one.

    ``resource``, ``starts_at`` and ``ends_at`` name the fields that say which, and from when until just before when;
    ``longest`` is the longest that this may be, ``ahead`` how far ahead it may begin. ``counted_as`` is a counted field
    that nobody sends: the portal puts there what the resource is counted as.
    """

    resource: str
    starts_at: str
    ends_at: str
    while_in: frozenset[str]
    longest: datetime.timedelta
    ahead: datetime.timedelta
    counted_as: Field | None = None

    @property
    def fields(self) -> tuple[str, str, str]:
        """The names of the fields that a reservation depends on."""
        return (self.resource, self.starts_at, self.ends_at)


@dataclass(frozen=True)
class Dimension:
    """Something that counts are split by: a counted field, the stage or the outcome, with its codes in order."""

    name: str
    label: Promise
    codes: tuple[Choice, ...]


@dataclass(frozen=True, eq=False)
class Kind:
    """A kind of case; a thing of its own, equal to no other.

    ``name`` stands in addresses, ``prefix`` before reference numbers. The first state is that of a case just received.
    Of each group in ``at_least_one`` one field has to be given. ``continued_from`` are the states in which a case may
    be followed by one of a later stage. Personal data is erased ``retention_days`` after closing. ``reserves`` says
    which resource a case keeps, and when.

    A kind with the field `CONFIDENTIAL` may have confidential cases (`portal.cases.confidentiality`). ``sums`` are
    measures of the counts; ``shows_small_counts`` says that cases are about no person, so that a count of one tells
    of nobody.
    """

    name: str
    prefix: str
    label: Promise
    fields: tuple[Field, ...]
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    retention_days: int
    stages: tuple[Stage, ...] = ()
    at_least_one: tuple[tuple[str, ...], ...] = ()
    continued_from: tuple[str, ...] = ()
    deadline: DeadlineRule | None = None
    sums: tuple[Sum, ...] = ()
    shows_small_counts: bool = False
    reserves: Reserves | None = None

    @property
    def initial(self) -> State:
        """The state of a case just received."""
        return self.states[0]

    @cached_property
    def states_by_name(self) -> Mapping[str, State]:
        """The states by name, with that of merged cases."""
        return {state.name: state for state in (*self.states, MERGED_STATE)}

    @cached_property
    def transitions_by_name(self) -> Mapping[str, Transition]:
        """The transitions by name."""
        return {transition.name: transition for transition in self.transitions}

    @cached_property
    def stages_by_name(self) -> Mapping[str, Stage]:
        """The stages by name; none where the kind has no stages."""
        return {stage.name: stage for stage in self.stages}

    @cached_property
    def stage_field(self) -> Field | None:
        """The field ``stage`` that a kind with stages has before its own."""
        if not self.stages:
            return None
        codes = tuple(Choice(stage.name, stage.label) for stage in self.stages)
        return Field("stage", FieldType.CHOICE, _("Stage"), required=True, counted=True, choices=codes)

    @cached_property
    def receipt(self) -> tuple[Field, ...]:
        """The fields that a case is received with."""
        return (self.stage_field, *self.fields) if self.stage_field else self.fields

    @cached_property
    def fields_by_name(self) -> Mapping[str, Field]:
        """Every field that a case of this kind may come to hold, by name."""
        return {each.name: each for each in self.all_fields()}

    def all_fields(self) -> Iterator[Field]:
        """The fields that the portal fills in, those of receipt, of the transitions and of the steps that every kind
        has; a name may come again.
        """
        if self.reserves and self.reserves.counted_as:
            yield self.reserves.counted_as
        yield from self.receipt
        for transition in self.transitions:
            yield from transition.fields
        yield REASON
        yield INTERNAL_NOTE
        yield ATTACHMENT_NAME

    @cached_property
    def dimensions(self) -> tuple[Dimension, ...]:
        """What counts of this kind are split by, besides the agency and the period."""
        counted = [each for each in self.fields_by_name.values() if each.counted]
        outcomes = tuple(Choice(state.name, state.label) for state in self.states if state.closed)
        return (
            *(Dimension(each.name, each.label, each.choices or YES_NO) for each in counted),
            Dimension("outcome", _("Outcome"), outcomes),
        )

    def deadline_at(self, stage: str | None) -> DeadlineRule | None:
        """The time limit of a case of a stage."""
        declared = self.stages_by_name.get(stage or "")
        return (declared.deadline if declared else None) or self.deadline

    def available(self, state: str, stage: str | None, role: Role) -> tuple[Transition, ...]:
        """What somebody may do to a case in a state, in the declared order."""
        return tuple(
            each
            for each in self.transitions
            if state in each.origins and role in each.by and (not each.stages or stage in each.stages)
        )


MERGED_STATE = State(MERGED, _("Merged with another case"), closed=True)
