"""Confidential cases: seen by those alone who may read the personal data of their kind and agency, and wherever they
are passed on, with whoever is behind them masked.

That a case is confidential is a value of it (`CONFIDENTIAL`), so its events say since when.
"""

from collections.abc import Mapping

from django.db.models import Q

from portal.cases.kinds.declaration import Kind
from portal.cases.kinds.fields import CONFIDENTIAL
from portal.cases.masking import masked, name_masked
from portal.cases.models import Case
from portal.cases.personal.wrapped import Personal

#: The cases that are not confidential.
OPEN = Q(**{f"data__{CONFIDENTIAL}": False}) | Q(**{f"data__{CONFIDENTIAL}__isnull": True})


def is_confidential(case: Case) -> bool:
    """Whether a case is confidential."""
    return case.data.get(CONFIDENTIAL) is True


def veiled(kind: Kind, values: Mapping[str, Personal]) -> dict[str, Personal]:
    """Personal values of a confidential case for whoever only passes it on: names, numbers and addresses masked."""
    return {name: Personal(_veiled(kind, name, value.reveal())) for name, value in values.items()}


def _veiled(kind: Kind, name: str, text: str) -> str:
    field = kind.fields_by_name.get(name)
    hidden = masked(text)
    # A telephone number that is written in no way of ours, or a name, is masked whole.
    return name_masked(hidden) if field and field.identify and hidden == text else hidden
