"""The members of a document of type city, besides the common ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cms.base.members import CoarseDay, Member, Plain, Text

#: Coordinates are kept to four decimals, about ten metres.
_FOUR_PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class Location(Member):
    """Latitude and longitude in degrees (WGS 84) as decimal strings, or null."""

    @property
    def stem(self) -> str:
        return "latitude"

    def value(self, page: Any, context: Any) -> dict[str, str] | None:
        if page.latitude is None or page.longitude is None:
            return None
        return {axis: str(Decimal(getattr(page, axis)).quantize(_FOUR_PLACES)) for axis in ("latitude", "longitude")}

    def assign(self, page: Any, value: Mapping[str, str] | None, context: Any) -> None:
        for axis in ("latitude", "longitude"):
            setattr(page, axis, Decimal(str(value[axis])) if value else None)


MEMBERS = (
    Plain("country"),
    Text("region"),
    Plain("kind"),
    CoarseDay("since"),
    Location("location"),
    Plain("website"),
)
