"""Series: observations that differ only in their period, named by measure and dimension codes
(``headcount.workers.total``), as an observation's key without its period.

A series may leave a code open with ``*``: ``reduction.*`` stands for the series of every code of that dimension.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext_lazy as _

from portal.statistics.rows import Row
from portal.statistics.structure import Structure, StructureError

#: Stands for every code of a dimension.
EVERY = "*"
_LISTED = 20


@dataclass(frozen=True, slots=True)
class Series:
    """A measure and one code per dimension in their declared order; ``*`` leaves a code open."""

    measure: str
    codes: tuple[str, ...]

    @classmethod
    def read(cls, text: str, structure: Structure) -> Self:
        """The series that a text names. Raises `StructureError` for what the structure does not declare."""
        measure, *codes = text.strip().split(".")
        _known(measure, [each.code for each in structure.measures], text)
        if len(codes) != len(structure.dimensions):
            shape = ".".join(("measure", *structure.dimension_codes))
            raise StructureError(_("“%(series)s” does not have the parts %(shape)s."), series=text[:200], shape=shape)
        for code, dimension in zip(codes, structure.dimensions, strict=True):
            if code != EVERY:
                _known(code, dimension.codes, text)
        return cls(measure, tuple(codes))

    @property
    def open_places(self) -> tuple[int, ...]:
        """The places, from 0, of the dimensions whose code is left open."""
        return tuple(place for place, code in enumerate(self.codes) if code == EVERY)

    def filled(self, codes: Iterable[str]) -> "Series":
        """The series with its open codes filled, one after the other."""
        given = iter(codes)
        return Series(self.measure, tuple(next(given) if code == EVERY else code for code in self.codes))

    def has(self, row: Row) -> bool:
        """Whether an observation belongs to the series."""
        return row.measure == self.measure and all(
            mine in (EVERY, its) for mine, its in zip(self.codes, row.dimensions.values(), strict=True)
        )

    def key(self, period: str) -> str:
        """The key of the series' observation of a period."""
        return f"{self}.{period}"

    def __str__(self) -> str:
        return ".".join((self.measure, *self.codes))


def _known(code: str, allowed: Iterable[str], text: str) -> None:
    listed = list(allowed)
    if code not in listed:
        raise StructureError(
            _("“%(series)s”: “%(code)s” is not declared. Allowed: %(allowed)s."),
            series=text[:200],
            code=code[:64],
            allowed=", ".join(listed[:_LISTED]) + (", …" if len(listed) > _LISTED else ""),
        )
