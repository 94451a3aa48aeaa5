"""Keeping the entries: what search knows of each public record, made from the current records.

Every engine's consumer brings the entries up to the rows that it was given before it indexes them; whichever comes
first does the work. Entries are read and analysed outside any transaction and written in a short one, so that no editor
waits for them; one made when the log was at N never replaces one made later.
"""

import secrets
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.db import transaction

from portal.core.batches import batches
from portal.core.languages import CHINESE, ENGLISH
from portal.publication import citations, selectors
from portal.publication.models import Citation, LogRow
from portal.publication.selectors import RecordQuery
from portal.publication.types import FRAME_TYPES
from portal.statistics.selectors import every_row, exists
from search import counting, files
from search.documents import ANALYSIS, Made, key_of, made
from search.engines.base import EntryData, Gone
from search.models import Completion, Entry, Name, Stamp
from search.names import completions_of, names_of
from search.records import Parts, parts_of

_CHUNK = 100
#: Observations of one dataset whose values and notes are searched.
_MOST_FIGURES = 5_000


@dataclass(frozen=True)
class _New:
    """A record's entry and what stands beside it, not yet written."""

    uid: str
    made: Made
    names: list[Name]
    completions: list[Completion]


def bring_up(rows: Sequence[LogRow]) -> tuple[list[EntryData], list[Gone]]:
    """Make the entries of these rows' records, and of those that show something of them, say what the current records
    say; return them, and what has gone.
    """
    affected = _affected(rows)
    entries: list[EntryData] = []
    gone: list[Gone] = []
    for chunk in batches(sorted(affected), _CHUNK):
        made = Entry.objects.filter(uid__in=chunk, analysis=ANALYSIS).values_list("uid", "seq")
        known = {uid for uid, seq in made if seq >= affected[uid]}
        stale = [uid for uid in chunk if uid not in known]
        seq = renew(stale, affected) if stale else 0
        found = {entry.uid: entry for entry in data(chunk)}
        entries += found.values()
        gone += [Gone(key_of(uid), uid, max(seq, affected[uid])) for uid in chunk if uid not in found]
    return entries, gone


def renew(uids: Sequence[str], since: Mapping[str, int] | None = None) -> int:
    """Make the entries of these uids anew, or take them out where there is no public record; return the head of the log
    that they were made at. One that somebody else makes meanwhile, at the row that ``since`` has for it or later, is
    left as it is: it may be in an index already, which would seem to be behind.
    """
    # The head is read first: what is read after it says at least as much.
    seq = selectors.head().seq
    public = RecordQuery(uids=tuple(uids)).selection()
    records = {uid: orjson.loads(ready) for uid, ready in public.values_list("uid", "ready")}
    new = [_new(records[uid], parts, seq) for uid, parts in parts_of_records(records)]
    with transaction.atomic():
        counting.alone()
        written = Entry.objects.filter(uid__in=uids).in_bulk(field_name="uid")
        held = {uid: entry for uid, entry in written.items() if not _stays(entry, seq, since or {})}
        # What was taken back meanwhile may have been seen to already, by whoever was given that row.
        wanted = set(public.values_list("uid", flat=True)) - (written.keys() - held.keys())
        _write([each for each in new if each.uid in wanted], held, seq)
    return seq


def _stays(entry: Entry, seq: int, since: Mapping[str, int]) -> bool:
    """Whether an entry is newer than one made at ``seq``, or new enough."""
    return entry.seq > seq or (entry.analysis == ANALYSIS and entry.seq >= since.get(entry.uid, seq + 1))


def data(uids: Sequence[str] | None = None) -> Iterator[EntryData]:
    """The entries of these uids, or all, as engines take them."""
    entries = Entry.objects.order_by("key")
    if uids is not None:
        entries = entries.filter(uid__in=uids)
    for key, uid, seq, source in entries.values_list("key", "uid", "seq", "source").iterator(500):
        yield EntryData(key, uid, seq, source)


def everything(held: Mapping[int, int]) -> Iterator[EntryData]:
    """All entries; those that ``held`` has in their version (by key) come first, and without their source."""
    if not held:
        yield from data()
        return
    changed = []
    for key, uid, seq in Entry.objects.values_list("key", "uid", "seq").iterator(5000):
        if held.get(key) == seq:
            yield EntryData(key, uid, seq, "")
        else:
            changed.append(uid)
    for chunk in batches(changed, _CHUNK):
        yield from data(chunk)


def _affected(rows: Sequence[LogRow]) -> dict[str, int]:
    """These rows' records and those that name one of them, each with the row that its entry must not be older than: an
    entry made since is left as it is, or the index of another engine, which has it already, would seem to be behind.
    """
    last: dict[str, int] = {}
    for row in rows:
        last[row.uid] = max(row.seq, last.get(row.uid, 0))
    affected = dict(last)
    for source, target in Citation.objects.filter(target__in=last).values_list("source", "target"):
        affected[source] = max(affected.get(source, 0), last[target])
    frames = tuple(f"{code}:" for code in FRAME_TYPES)
    return {uid: seq for uid, seq in affected.items() if not uid.startswith(frames)}


def parts_of_records(records: dict[str, dict[str, Any]]) -> Iterator[tuple[str, Parts]]:
    """The parts of each of these ready records, by uid, with what search reads beside them: the names of the cities
    that they are about, their tables' figures and their files' texts.
    """
    cities = {uid for record in records.values() for uid in record["relations"]["cities"]}
    named = {
        uid: list(_names_of_city(orjson.loads(ready)))
        for uid, ready in RecordQuery(uids=tuple(cities)).selection().values_list("uid", "ready")
    }
    attached = {uid: sorted(citations.files(record)) for uid, record in records.items()}
    texts = files.texts_of({sha256 for digests in attached.values() for sha256 in digests})
    for uid, record in records.items():
        yield (
            uid,
            parts_of(
                record,
                cited=[name for city in record["relations"]["cities"] for name in named.get(city, ())],
                figures=dict.fromkeys(_figures(record)),
                files=[texts[sha256] for sha256 in attached[uid] if sha256 in texts],
            ),
        )


def _names_of_city(city: dict[str, Any]) -> Iterator[dict[str, str | None]]:
    """What a city is called, and its country: who asks for Korea means Busan too."""
    yield city["title"]
    if city["labels"].get("country"):
        yield city["labels"]["country"]


def _figures(record: dict[str, Any]) -> Iterator[str]:
    digest = record["table"]["digest"] if record["type"] == "dataset" else None
    # A table may be gone where a version was redacted; search goes on without it.
    if digest is None or not exists(digest):
        return
    for number, row in enumerate(every_row(digest)):
        if number >= _MOST_FIGURES:
            return
        yield from (each for each in (row.value, row.note_zh_hant, row.note_en) if each)


def _new(record: dict[str, Any], parts: Parts, seq: int) -> _New:
    uid = record["uid"]
    return _New(uid, made(record, parts, seq=seq), names_of(uid, parts), completions_of(record, parts))


def _write(new: Sequence[_New], held: dict[str, Entry], seq: int) -> None:
    if not new and not held:
        return
    words: Counter[str] = Counter()
    for entry in held.values():
        words.subtract(entry.words.split())
    for each in new:
        words.update(each.made.words)
    keep = {each.uid for each in new}
    Entry.objects.filter(uid__in=[uid for uid in held if uid not in keep]).delete()
    Entry.objects.bulk_create(
        [
            Entry(
                key=key_of(each.uid),
                uid=each.uid,
                seq=seq,
                source=each.made.source,
                shown_zh_hant=each.made.shown[CHINESE],
                shown_en=each.made.shown[ENGLISH],
                words=" ".join(sorted(each.made.words)),
                analysis=ANALYSIS,
            )
            for each in new
        ],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["seq", "source", "shown_zh_hant", "shown_en", "words", "analysis"],
    )
    Completion.objects.filter(uid__in=[*held, *keep]).delete()
    Completion.objects.bulk_create([row for each in new for row in each.completions], batch_size=500)
    counting.replace_names([*held, *keep], [row for each in new for row in each.names])
    counting.count_words(words)
    stamp = Stamp(stamp=secrets.token_hex(16))
    Stamp.objects.bulk_create([stamp], update_conflicts=True, unique_fields=["id"], update_fields=["stamp"])
