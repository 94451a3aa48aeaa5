"""The rows of a dataset's table, for its page."""

from collections.abc import Mapping
from typing import Any

from portal.rendering.tables import LIMIT
from portal.statistics import selectors
from portal.statistics.models import Table


def rows_of(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The first rows of a ready dataset's table, in its order; none where the table is not here."""
    try:
        rows, _after = selectors.observations(record["table"]["digest"], limit=LIMIT)
    except Table.DoesNotExist:
        return []
    return [row.members for row in rows]
