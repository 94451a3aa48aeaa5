"""What a table may hold: its dimensions with their codes, and its measures with their units."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.statistics.units import UNITS

#: Codes of dimensions, measures and their values.
CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
#: Characters of a code, and dimensions of a table, at most: an observation's key has to fit its column.
CODE_LENGTH, MOST_DIMENSIONS = 64, 8
KEY_LENGTH = CODE_LENGTH + MOST_DIMENSIONS * (CODE_LENGTH + 1) + 23
#: Names that a dimension may not have, since rows and queries use them for something else.
RESERVED = frozenset(
    {
        "agg",
        "as-of",
        "by",
        "cursor",
        "format",
        "from",
        "key",
        "labels",
        "lang",
        "limit",
        "measure",
        "note",
        "note-en",
        "note-zh",
    }
    | {"offset", "period", "sort", "source", "status", "to", "unit", "value", "version"}
)


class StructureError(ValueError):
    """A structure that cannot hold observations, or a code that a structure does not know.

    ``str()`` gives the reason.
    """

    def __init__(self, message: str | Promise, **params: Any) -> None:
        super().__init__(message)
        self.message = message
        self.params = params

    def __str__(self) -> str:
        return str(self.message) % self.params


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension and the codes it can take, in the declared order."""

    code: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted, and in which unit."""

    code: str
    unit: str


@dataclass(frozen=True, slots=True)
class Structure:
    """The declared dimensions and measures, in order.

    Raises `StructureError` for bad or repeated codes and unknown units.
    """

    dimensions: tuple[Dimension, ...]
    measures: tuple[Measure, ...]

    def __post_init__(self) -> None:
        names = self.dimension_codes
        _check_codes(names, of=_("dimensions"))
        if len(names) > MOST_DIMENSIONS:
            raise StructureError(_("A table has at most %(most)s dimensions."), most=MOST_DIMENSIONS)
        for dimension in self.dimensions:
            if dimension.code in RESERVED:
                raise StructureError(_("A dimension cannot be called “%(code)s”."), code=dimension.code)
            _check_codes(dimension.codes, of=dimension.code)
            if not dimension.codes:
                raise StructureError(_("The dimension %(code)s has no codes."), code=dimension.code)
        _check_codes([measure.code for measure in self.measures], of=_("measures"))
        if not self.measures:
            raise StructureError(_("A table needs a measure."))
        for measure in self.measures:
            if measure.unit not in UNITS:
                raise StructureError(_("“%(code)s” is not a unit."), code=measure.unit)

    @classmethod
    def from_document(cls, dimensions: Sequence[Mapping[str, Any]], measures: Sequence[Mapping[str, Any]]) -> Self:
        """The structure that a dataset's ``dimensions`` and ``measures`` declare."""
        return cls(
            tuple(Dimension(each["code"], tuple(code["code"] for code in each["codes"])) for each in dimensions),
            tuple(Measure(each["code"], each["unit"]) for each in measures),
        )

    @property
    def dimension_codes(self) -> list[str]:
        """The dimensions' names in the declared order, which is their order in an observation's key."""
        return [dimension.code for dimension in self.dimensions]

    def unit_of(self, measure: str) -> str:
        """The unit of a measure. Raises KeyError for one that is not declared."""
        return {each.code: each.unit for each in self.measures}[measure]

    @property
    def columns(self) -> list[str]:
        """The CSV columns of a table of this structure."""
        return ["period", "measure", *self.dimension_codes, "value", "status", "note_zh", "note_en"]


def _check_codes(codes: Iterable[str], *, of: str | Promise) -> None:
    seen: set[str] = set()
    for code in codes:
        if not CODE.fullmatch(code):
            raise StructureError(
                _("“%(code)s” (%(of)s): a code is made of small letters a to z, digits and hyphens."),
                code=code,
                of=of,
            )
        if len(code) > CODE_LENGTH:
            raise StructureError(
                _("“%(code)s” (%(of)s): a code has at most %(length)s characters."),
                code=code,
                of=of,
                length=CODE_LENGTH,
            )
        if code in seen:
            raise StructureError(_("“%(code)s” (%(of)s) is declared twice."), code=code, of=of)
        seen.add(code)
