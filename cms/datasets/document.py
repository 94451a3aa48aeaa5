"""The members of a document of type dataset, besides the common ones. The rows are never in it: it holds their table's
digest.
"""

from dataclasses import dataclass
from typing import Any

from cms.base.members import Items, Member, Plain, Text
from portal.statistics.csvtable import parse_csv


@dataclass(frozen=True)
class TableDigest(Member):
    """The table's digest and the number of its rows. A fixture gives the rows as CSV text."""

    @property
    def stem(self) -> str:
        return "observations"

    def value(self, page: Any, context: Any) -> dict[str, Any] | None:
        return {"digest": page.table_digest, "rows": page.row_count()} if page.table_digest else None

    def assign(self, page: Any, value: str, context: Any) -> None:
        structure = page.structure()
        page.enter(parse_csv(value, structure), structure)


#: The table comes last: its rows are read by the structure that stands before it.
MEMBERS = (
    Items("dimensions"),
    Items("measures"),
    Plain("frequency"),
    Text("coverage"),
    Plain("licence"),
    Items("notes"),
    Items("checks"),
    Items("charts"),
    TableDigest("table"),
)
