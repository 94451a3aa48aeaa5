"""Sums of what the closed cases of a period say, such as the visitors of all sessions, by the database."""

from collections.abc import Mapping, Sequence

from django.db.models import BigIntegerField, QuerySet
from django.db.models import Sum as Total
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from portal.cases.counts.grouping import Codes, coded, grouped
from portal.cases.kinds.declaration import Kind
from portal.cases.models import Case


def sums(kind: Kind, closed: QuerySet[Case], dimensions: Sequence[str]) -> Mapping[str, Mapping[Codes, int]]:
    """The sums that a kind declares, by their codes, over closed cases: codes of the dimensions → sum, left out where
    no case says anything. One query, none where the kind declares none.
    """
    found: dict[str, dict[Codes, int]] = {each.code: {} for each in kind.sums}
    if not found:
        return found
    totals = {
        f"sum_{place}": Total(Cast(KeyTextTransform(each.field, "data"), BigIntegerField()))
        for place, each in enumerate(kind.sums)
    }
    for _kind, *values in grouped(closed, dimensions).annotate(**totals):
        codes, added = coded(values[: len(dimensions)]), values[len(dimensions) :]
        for code, total in zip(found, added, strict=True):
            if total is not None:
                found[code][codes] = total
    return found
