"""Agencies: what they are called, and to which of them a case can be handed without being lost."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from portal.cases.confidentiality import is_confidential
from portal.cases.kinds import KINDS
from portal.cases.kinds.fields import Field
from portal.cases.kinds.validation import pointer
from portal.cases.models import Agency, Case, Module, Officer
from portal.cases.refusals import Problem, ValuesInvalid
from portal.core.languages import CHINESE, ENGLISH, text

Names = Mapping[str, Mapping[str, str]]


def names() -> Names:
    """Code → language map, of all agencies that have names; one query."""
    rows = Agency.objects.values_list("code", "name_zh_hant", "name_en")
    return {code: {CHINESE: chinese, ENGLISH: english} for code, chinese, english in rows}


def named(code: str, among: Names, language: str) -> str:
    """What an agency is called in a language; its code where it has no name."""
    return text(among[code], language) if code in among else code


def open_to(case: Case) -> set[str]:
    """The other agencies that a case can be handed to: those that have officers who see such a case and take steps in
    it, or a module that does.
    """
    kind = KINDS[case.kind]
    officers = Officer.objects.filter(kind=kind.name, may_decide=True, user__is_active=True)
    if is_confidential(case):
        officers = officers.filter(may_read_personal=True)
    modules = Module.objects.filter(ended_at__isnull=True).values_list("agency", "scopes")
    scope = f"cases:{kind.name}:write"
    found = {*officers.values_list("agency", flat=True), *(agency for agency, scopes in modules if scope in scopes)}
    return found - {case.agency}


def check_hand_over(case: Case, field: Field, agency: str) -> None:
    """Raise `ValuesInvalid` where a case has been with the agency all along, or nobody there would take it up."""
    if agency == case.agency:
        message, code = _("“%(label)s”: the case is with this agency already."), "same-agency"
    elif agency not in open_to(case):
        message, code = _("“%(label)s”: nobody at this agency could take up the case."), "agency-unknown"
    else:
        return
    raise ValuesInvalid([Problem(pointer(field.name), code, message, {"label": field.label})])
