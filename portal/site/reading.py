"""Records as pages need them: ready, and parsed."""

from typing import Any

import orjson

from portal.publication import selectors
from portal.publication.selectors import RecordQuery


def ready_page(path: str) -> dict[str, Any] | None:
    """The ready record of the plain page at the Chinese path of the home page or of a list, which introduces it."""
    found = selectors.introduction(path)
    return None if found is None else orjson.loads(found.ready)


def ready_records(types: tuple[str, ...], limit: int, *, city: str | None = None) -> list[dict[str, Any]]:
    """The first of the ready records of some types, the newest by their own dates first."""
    found = selectors.records_page(RecordQuery(types=types, city=city), limit=limit)
    return [orjson.loads(text) for text in found.texts]
