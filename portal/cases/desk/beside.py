"""What a case's page offers besides the steps of its kind: its next stage, and the citizen's secret."""

from dataclasses import dataclass

from portal.cases.desk.continuing import next_stages
from portal.cases.desk.rights import Rights
from portal.cases.filing import filing_of
from portal.cases.kinds.declaration import Stage
from portal.cases.models import Case, Filing
from portal.core.languages import NAMES


@dataclass(frozen=True)
class Beside:
    """``stages`` are those that the case can be taken to. ``tracked`` is the filing by which the citizen tracks it, if
    the citizen does; ``language`` is what the citizen reads, ``may_give`` whether the officer may give a secret.
    """

    stages: tuple[Stage, ...]
    tracked: Filing | None
    language: str
    may_give: bool


def beside(case: Case, rights: Rights) -> Beside:
    """What the officer is offered on a case that may be seen."""
    filing = filing_of(case)
    decides = rights.may_decide(case)
    return Beside(
        stages=next_stages(case) if decides else (),
        tracked=filing,
        language=NAMES[filing.language] if filing else "",
        may_give=decides and case.merged_into_id is None and (filing is None or rights.may_decide(filing.case)),
    )
