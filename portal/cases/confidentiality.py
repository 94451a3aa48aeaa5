"""Confidential cases: seen by those alone who may read the personal data of their kind and agency, and wherever they
are passed on, with whoever is behind them masked.

That a case is confidential is a value of it (`Kind.confidential`), so its events say since when.
"""

from collections.abc import Mapping

from django.db.models import Q

from portal.cases.kinds import KINDS
from portal.cases.kinds.declaration import Kind
from portal.cases.masking import masked, name_masked
from portal.cases.models import Case
from portal.cases.personal.wrapped import Personal


def is_confidential(case: Case) -> bool:
    """Whether a case is confidential."""
    field = KINDS[case.kind].confidential
    return bool(field) and case.data.get(field) is True


def open_ones(kind: Kind) -> Q:
    """The cases of a kind that are not confidential."""
    if not kind.confidential:
        return Q(kind=kind.name)
    flag = f"data__{kind.confidential}"
    return Q(kind=kind.name) & (Q(**{flag: False}) | Q(**{f"{flag}__isnull": True}))


def among(cases: set[int]) -> set[int]:
    """Those of these cases (by number) that are confidential; one query for each kind that has such cases."""
    found: set[int] = set()
    for kind in KINDS.values():
        if kind.confidential:
            flagged = Case.objects.filter(pk__in=cases, kind=kind.name, **{f"data__{kind.confidential}": True})
            found.update(flagged.values_list("pk", flat=True))
    return found


def veiled(kind: Kind, values: Mapping[str, Personal]) -> dict[str, Personal]:
    """Personal values of a confidential case for whoever only passes it on: names, numbers and addresses masked."""
    return {name: Personal(_veiled(kind, name, value.reveal())) for name, value in values.items()}


def _veiled(kind: Kind, name: str, text: str) -> str:
    field = kind.fields_by_name.get(name)
    hidden = masked(text)
    # A telephone number that is written in no way of ours, or a name, is masked whole.
    return name_masked(hidden) if field and field.identify and hidden == text else hidden
