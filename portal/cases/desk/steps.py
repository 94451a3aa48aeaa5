"""Which steps an officer may take in a case where it stands."""

from dataclasses import dataclass

from portal.cases import asking
from portal.cases.kinds import KINDS
from portal.cases.kinds.declaration import Role, Transition
from portal.cases.models import Case


@dataclass(frozen=True)
class Steps:
    """The transitions of the kind, in the declared order, and which of the steps that every kind has are possible."""

    transitions: tuple[Transition, ...]
    may_change: bool
    may_reopen: bool
    may_merge: bool

    def __bool__(self) -> bool:
        return bool(self.transitions) or self.may_change or self.may_reopen or self.may_merge


def steps(case: Case) -> Steps:
    """What may be done to a case by an officer who may take steps in it; at most one query."""
    if case.merged_into_id is not None:
        return Steps((), may_change=False, may_reopen=False, may_merge=False)
    followed = asking.is_followed(case)
    return Steps(
        transitions=KINDS[case.kind].available(case.state, case.stage, Role.OFFICER),
        may_change=True,
        may_reopen=case.closed_at is not None and not followed,
        may_merge=not followed,
    )
