"""An observation outside the database, and its key."""

from dataclasses import dataclass
from typing import Any

from portal.core.languages import language_map


@dataclass(frozen=True, slots=True)
class Row:
    """One observation.

    ``dimensions`` maps each dimension to its code, in the declared order. ``value`` is a decimal text whose
    scale is kept, None if missing.
    """

    period: str
    measure: str
    dimensions: dict[str, str]
    value: str | None
    status: str
    note_zh_hant: str = ""
    note_en: str = ""

    @property
    def key(self) -> str:
        """Measure, dimension codes in the declared order, period, joined by dots:
        ``headcount.workers.agencies.2022-05``.
        """
        return ".".join((self.measure, *self.dimensions.values(), self.period))

    @property
    def note(self) -> dict[str, str | None] | None:
        """The note as a language map; None if there is none."""
        return language_map(self.note_zh_hant, self.note_en)

    @property
    def members(self) -> dict[str, Any]:
        """The observation as plain JSON: what the table's digest is made over."""
        return {
            "dimensions": self.dimensions,
            "key": self.key,
            "measure": self.measure,
            "note": self.note,
            "period": self.period,
            "status": self.status,
            "value": self.value,
        }
