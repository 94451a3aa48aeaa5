"""Reply templates at the desk: which are offered for a case, and their text for it."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.cases import agencies, placeholders, selectors, time_limits
from portal.cases.deadlines.counting import day_of
from portal.cases.desk import wording
from portal.cases.filing import filing_of
from portal.cases.kinds import KINDS
from portal.cases.kinds.declaration import Transition
from portal.cases.kinds.fields import Field
from portal.cases.models import Case, Filing, ReplyTemplate
from portal.core.languages import CHINESE, DJANGO_CODES


def offered(case: Case) -> list[ReplyTemplate]:
    """The templates for a case, in the order of their titles."""
    return list(ReplyTemplate.objects.filter(kind=case.kind, agency__in=["", case.agency]).order_by("title", "pk"))


def written_in(case: Case) -> str:
    """The language that the citizen of a case is written to in."""
    filing = filing_of(case) or Filing.objects.filter(case=case).first()
    return filing.language if filing else CHINESE


def text(template: ReplyTemplate, case: Case, language: str) -> str:
    """The text of a template for a case."""
    body = template.body_zh_hant if language == CHINESE else template.body_en
    return placeholders.filled(body, _values(case, language))


def reply_field(transition: Transition) -> Field | None:
    """The field of a transition that holds what is written to the citizen, if the citizen is told of it."""
    return next(iter(_texts(transition.fields)), None) if transition.informs else None


def _texts(fields: Iterable[Field]) -> list[Field]:
    return [field for field in fields if field.personal and field.multiline]


def _values(case: Case, language: str) -> dict[str, str]:
    kind = KINDS[case.kind]
    deadline = time_limits.deadline(case, selectors.timeline(case)) if case.closed_at is None else None
    due = deadline.due if deadline else None
    with override(DJANGO_CODES[language]):
        return {
            "reference": case.reference,
            "kind": str(kind.label),
            "stage": wording.stage_label(kind, case) or str(kind.label),
            "agency": agencies.named(case.agency, agencies.names(), language),
            "received": wording.day_label(day_of(case.received_at)),
            "deadline": wording.day_label(due) if due else _("(no time limit)"),
            "today": wording.day_label(day_of(timezone.now())),
        }
