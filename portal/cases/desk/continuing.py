"""To which stages a case can be taken, and what of it goes along."""

from typing import Any

from portal.cases import asking
from portal.cases.desk.forms import shown_in_form
from portal.cases.kinds import KINDS
from portal.cases.kinds.declaration import Stage
from portal.cases.models import Case

#: Fields that say how a case came in: each stage comes in anew.
ASKED_ANEW = frozenset({"channel"})


def next_stages(case: Case) -> tuple[Stage, ...]:
    """The stages that a case may be followed by where it stands; at most one query."""
    kind = KINDS[case.kind]
    if case.merged_into_id is not None or case.state not in kind.continued_from:
        return ()
    stages = tuple(stage for stage in kind.stages if case.stage in stage.after)
    return () if stages and asking.is_followed(case) else stages


def carried(case: Case) -> dict[str, Any]:
    """What the form of the next stage begins with: all that is not personal and not asked anew."""
    fields = [each for each in KINDS[case.kind].fields if not each.personal and each.name not in ASKED_ANEW]
    return {field.name: shown_in_form(field, case.data[field.name]) for field in fields if field.name in case.data}
