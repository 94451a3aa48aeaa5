"""All public records, one after the other: for files that hold them all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portal.publication.models import CurrentRecord

_CHUNK = 200


@dataclass(frozen=True, slots=True)
class Whole:
    """A public record with both languages as JSON text, its ETag, and the row that published its present version."""

    uid: str
    etag: str
    text: str
    seq: int
    commitment: str


def public_records(types: Sequence[str] | None = None) -> Iterator[Whole]:
    """The public records of these types, or of every type, menus and banners included, by uid in the order of its
    characters.

    Only their uids are all in memory. Read within `one_moment`, they are of one moment.
    """
    public = CurrentRecord.objects.filter(state=CurrentRecord.State.PUBLIC)
    if types is not None:
        public = public.filter(type__in=types)
    # Sorted here, since databases differ in how they sort texts.
    uids = sorted(public.values_list("uid", flat=True))
    for start in range(0, len(uids), _CHUNK):
        chunk = uids[start : start + _CHUNK]
        rows = public.filter(uid__in=chunk).values_list("uid", "etag", "ready", "row_id", "row__commitment")
        found = {row[0]: Whole(*row) for row in rows}
        yield from (found[uid] for uid in chunk if uid in found)
