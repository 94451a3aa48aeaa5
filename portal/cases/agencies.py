"""Which agencies work on cases of a kind: those that a case can be handed to without being lost."""

from django.utils.translation import gettext_lazy as _

from portal.cases.kinds.declaration import Field, Kind
from portal.cases.kinds.validation import pointer
from portal.cases.models import Case, Module, Officer
from portal.cases.refusals import Problem, ValuesInvalid


def working_on(kind: Kind) -> set[str]:
    """The agencies that have officers who take steps in cases of a kind, or a module that does."""
    officers = Officer.objects.filter(kind=kind.name, may_decide=True, user__is_active=True)
    modules = Module.objects.filter(ended_at__isnull=True).values_list("agency", "scopes")
    scope = f"cases:{kind.name}:write"
    return {*officers.values_list("agency", flat=True), *(agency for agency, scopes in modules if scope in scopes)}


def check_hand_over(kind: Kind, field: Field, case: Case, agency: str) -> None:
    """Raise `ValuesInvalid` where a case has been with the agency all along, or nobody there would take it up."""
    if agency == case.agency:
        text, code = _("“%(label)s”: the case is with this agency already."), "same-agency"
    elif agency not in working_on(kind):
        text, code = _("“%(label)s”: nobody works on cases of this kind at this agency."), "agency-unknown"
    else:
        return
    raise ValuesInvalid([Problem(pointer(field.name), code, text, {"label": field.label})])
