"""What the table of a kind's counts is made of, in both languages: its dimensions, their codes, and its measures."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.cases.counts.grouping import available
from portal.cases.counts.tabulating import TOTAL, Measure
from portal.cases.kinds import KINDS
from portal.cases.kinds.declaration import Kind
from portal.cases.wording import Texts, both


@dataclass(frozen=True)
class Described:
    """A code and what it is called."""

    code: str
    label: Texts


@dataclass(frozen=True)
class DescribedDimension(Described):
    """A dimension with its codes in order, the total last."""

    codes: tuple[Described, ...]


@dataclass(frozen=True)
class DescribedMeasure(Described):
    """A measure; ``unit`` is a code of `portal.statistics.units`."""

    unit: str


_MEASURES: dict[Measure, tuple[Promise, str]] = {
    Measure.RECEIVED: (_("Cases received"), "case"),
    Measure.CLOSED: (_("Cases closed"), "case"),
    Measure.DUE: (_("Cases whose time limit ended"), "case"),
    Measure.IN_TIME: (_("Closed within the time limit"), "case"),
    Measure.LATE: (_("Closed late, or open beyond the time limit"), "case"),
    Measure.IN_TIME_SHARE: (_("Share closed within the time limit"), "percent"),
    Measure.MEDIAN_DAYS: (_("Median days to closing"), "day"),
}


def kinds() -> tuple[str, ...]:
    """The names of the kinds that are counted."""
    return tuple(KINDS)


def kind_choices() -> list[tuple[str, Promise]]:
    """The kinds that are counted, by name, with what they are called."""
    return [(kind.name, kind.label) for kind in KINDS.values()]


def kind_label(kind: Kind) -> Texts:
    """What a kind is called."""
    return both(kind.label)


def column(dimension: str) -> str:
    """The code of a dimension in a table, where codes have hyphens."""
    return dimension.replace("_", "-")


def by_column(kind: Kind) -> dict[str, str]:
    """The dimensions that a kind can be counted by, by their codes in a table."""
    return {column(name): name for name in available(kind)}


def usual(kind: Kind) -> tuple[str, ...]:
    """The dimensions that a new table has: the stage, if there are stages, or else what the kind declares first, and
    the outcome. A finer table hides more.
    """
    first, *_others, outcome = [each.name for each in kind.dimensions]
    return (first, outcome)


def dimensions(kind: Kind, names: Sequence[str]) -> list[DescribedDimension]:
    """Some of the dimensions that a kind declares, each with a total."""
    declared = {each.name: each for each in kind.dimensions}
    total = Described(TOTAL, both(pgettext_lazy("of all codes", "Total")))
    return [
        DescribedDimension(
            column(name),
            both(declared[name].label),
            (*(Described(choice.code, both(choice.label)) for choice in declared[name].codes), total),
        )
        for name in names
    ]


def measures(kind: Kind) -> list[DescribedMeasure]:
    """What is told of a kind: those of time limits only where it has one, and what it adds up."""
    limited = {Measure.DUE, Measure.IN_TIME, Measure.LATE, Measure.IN_TIME_SHARE}
    has_limit = bool(kind.deadline or any(stage.deadline for stage in kind.stages))
    told = [
        DescribedMeasure(measure.value, both(label), unit)
        for measure, (label, unit) in _MEASURES.items()
        if has_limit or measure not in limited
    ]
    return told + [DescribedMeasure(each.code, both(each.label), each.unit) for each in kind.sums]


def measure_codes(kind: Kind) -> frozenset[str]:
    """The codes of all that may be counted of a kind."""
    return frozenset(Measure) | {each.code for each in kind.sums}
