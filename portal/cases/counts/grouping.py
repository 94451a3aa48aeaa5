"""Cases as the database groups them for counting: by the values that they hold, their agency and their outcome."""

import json
from collections.abc import Sequence
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform

from portal.cases.kinds.declaration import Kind
from portal.cases.models import Case

#: Dimensions that are no values of a case: who has it, and the state that it was closed with.
AGENCY, OUTCOME = "agency", "outcome"
#: The code of a case that has no value there, since the field need not be filled in.
UNSTATED = "unstated"

#: Codes in the order of the dimensions.
Codes = tuple[str, ...]


def available(kind: Kind) -> tuple[str, ...]:
    """What the cases of a kind can be counted by."""
    return (*(each.name for each in kind.dimensions), AGENCY)


def counted(kind: Kind) -> QuerySet[Case]:
    """The cases of a kind that are counted at all."""
    return Case.objects.filter(kind=kind.name, merged_into__isnull=True)


def grouped(cases: QuerySet[Case], dimensions: Sequence[str], **more: Combinable) -> QuerySet[Case, tuple[Any, ...]]:
    """The cases grouped by their codes, and by what is given besides; rows are tuples in that order, after the kind."""
    by = {"by_kind": F("kind")} | {f"by_{name}": _column(name) for name in dimensions} | more
    return cases.order_by().annotate(**by).values_list(*by)


def code_of(case: Case, dimension: str) -> str:
    """The code of one case along a dimension."""
    if dimension == AGENCY:
        return case.agency
    value = case.data.get(dimension)
    return UNSTATED if value is None else value if isinstance(value, str) else json.dumps(value)


def coded(values: Sequence[str | None]) -> Codes:
    """The codes of a group."""
    return tuple(UNSTATED if value is None else value for value in values)


def _column(dimension: str) -> Any:
    """Where the code of a dimension stands. Booleans come as ``true`` and ``false`` from both databases."""
    if dimension == AGENCY:
        return F("agency")
    if dimension == OUTCOME:
        return F("state")
    return KeyTextTransform(dimension, "data")
