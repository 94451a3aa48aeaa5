"""The embedded engine: an index in a directory of this host, through tantivy.

Any number of processes search; one writes at a time, and what it had committed stays whatever happens to it. While a
rebuild fills a new build, whatever is written goes into the build in use and is recorded for the new one, so that the
new one takes over with it.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import tantivy
from django.conf import settings
from tantivy import Occur, Order, Query

from search.engines.base import Entries, EntryData, Gone
from search.engines.embedded.faults import guarded
from search.engines.embedded.folders import Build, Folders
from search.engines.embedded.pages import answered
from search.engines.embedded.queries import above, scored
from search.engines.embedded.reader import Reader, open_build
from search.engines.embedded.schema import opened, schema
from search.engines.embedded.versions import Change, decided, read_back, recorded, remember, remembered
from search.plan import Hits, Request

#: Seconds that a write waits for another process.
PATIENCE = 5.0
#: Bytes that a writer may fill before it makes a segment: for a batch, and for a whole index.
_HEAP, _REBUILD_HEAP = 32_000_000, 128_000_000
#: Keys or changes that are looked at together.
_BATCH = 1_000


class EmbeddedEngine:
    """The index in ``directory`` (default: the setting SEARCH_INDEX_DIR)."""

    name = "embedded"

    def __init__(self, directory: Path | None = None) -> None:
        self._folders = Folders(directory or Path(settings.SEARCH_INDEX_DIR))
        self._reader = Reader(self._folders)

    def search(self, request: Request) -> Hits:
        """The hits of a request, at the last commit of whichever process. Raises `Unavailable`."""
        with guarded():
            return answered(self._reader.searcher(), request)

    def write(self, entries: Sequence[EntryData], gone: Sequence[Gone]) -> None:
        """Put these in and take those out, in one commit. Returns after tantivy has merged what it wants to merge,
        which searches do not wait for. Raises `Unavailable`, also where another process writes for `PATIENCE` seconds.
        """
        changes: list[Change] = [*entries, *gone]
        with guarded(), self._folders.writing(PATIENCE):
            build = self._folders.current()
            index = open_build(build)
            building = self._folders.building()
            if building is not None:
                with building.changes.open("a") as file:
                    file.write(recorded(changes))
            _change(build, index, changes)

    def rebuild(self, entries: Entries, progress: Callable[[int], None]) -> None:
        """Fill a new build and point to it. Should anything fail, the one in use stays. Raises `Unavailable` while
        another rebuild is at work, and what ``entries`` raises.
        """
        with self._folders.new() as build:
            with guarded():
                index = opened(str(build.index))
            number = _fill(index, entries({}), progress)
            with guarded(), self._folders.writing(PATIENCE * 2):
                changes = read_back(build.changes)
                while batch := list(islice(changes, _BATCH)):
                    _change(build, index, batch)
                self._folders.use(build)
            progress(number)

    def keys(self) -> Iterator[tuple[int, int]]:
        """Key and seq of everything in the index, in order of the keys. Raises `Unavailable`."""
        with guarded():
            searcher = self._reader.searcher()
        last = 0
        while True:
            with guarded():
                query = above(Query.all_query(), "key", last)
                found = searcher.search(query, limit=_BATCH, count=False, order_by_field="key", order=Order.Asc).hits
                seqs = searcher.fast_field_values("seq", [address for _, address in found]) if found else []
            yield from ((key, int(seq or 0)) for (key, _), seq in zip(found, seqs, strict=True))
            if len(found) < _BATCH:
                return
            last = found[-1][0]

    def explain(self, request: Request, key: int) -> dict[str, Any]:
        """Whether a record is a hit and why it scores as it does: tantivy's explanation of the sum, in which each BM25
        weight is divided by 2.2, and the recency that the sum is multiplied by.
        """
        with guarded():
            searcher = self._reader.searcher()
            query = scored(request)
            one = Query.boolean_query([(Occur.Must, query), (Occur.Must, _with_keys([key]))])
            hits = searcher.search(one, limit=1, weight_by_field="recency").hits
            if not hits:
                return {"hit": False}
            address = hits[0][1]
            return {
                "hit": True,
                "recency": searcher.fast_field_values("recency", [address])[0],
                "sum": json.loads(query.explain(searcher, address).to_json()),
            }

    def identity(self) -> str:
        """What was drawn at random for the build in use. Raises `Unavailable`."""
        with guarded():
            build = self._folders.current()
            self._reader.searcher()
            return build.identity()

    def close(self) -> None:
        """Let go of the index; the next use opens it again."""
        self._reader.forget()


def _fill(index: tantivy.Index, entries: Iterable[EntryData], progress: Callable[[int], None]) -> int:
    """Put entries into an empty index, of each record only the last version; returns how many were given."""
    versions: dict[int, int] = {}
    number = 0
    with _writer(index, _REBUILD_HEAP) as writer:
        for number, entry in enumerate(entries, start=1):
            if entry.seq >= versions.get(entry.key, 0):
                with guarded():
                    if entry.key in versions:
                        writer.delete_documents_by_query(_with_keys([entry.key]))
                    writer.add_json(entry.source)
                versions[entry.key] = entry.seq
            if number % _BATCH == 0:
                progress(number)
    return number


def _change(build: Build, index: tantivy.Index, changes: Sequence[Change]) -> None:
    """Make changes to a build, in one commit."""
    index.reload()
    gone = remembered(build.gone)
    decision = decided(changes, _held(index.searcher(), {change.key for change in changes}), gone)
    if not decision.put and not decision.gone:
        return
    remember(build.gone, gone, decision.gone.values())
    with _writer(index, _HEAP) as writer:
        writer.delete_documents_by_query(_with_keys([*decision.gone, *decision.put]))
        for entry in decision.put.values():
            writer.add_json(entry.source)


@contextmanager
def _writer(index: tantivy.Index, heap: int) -> Iterator[tantivy.IndexWriter]:
    """A writer whose changes are committed, and whose merges are waited for, unless something is raised within."""
    with guarded():
        writer = index.writer(heap, 1)
    try:
        yield writer
        with guarded():
            writer.commit()
    finally:
        # This also lets go of tantivy's lock, which would otherwise stay for as long as a traceback keeps the object.
        with guarded():
            writer.wait_merging_threads()


def _held(searcher: tantivy.Searcher, keys: set[int]) -> dict[int, int]:
    """The versions that the index has of these keys."""
    if not keys:
        return {}
    addresses = [address for _, address in searcher.search(_with_keys(keys), limit=len(keys), count=False).hits]
    if not addresses:
        return {}
    found = zip(*(searcher.fast_field_values(field, addresses) for field in ("key", "seq")), strict=True)
    return {int(key or 0): int(seq or 0) for key, seq in found}


def _with_keys(keys: Iterable[int]) -> Query:
    """What has one of these keys. Deletions ask it too: tantivy's deletion by term misses whole numbers."""
    return Query.term_set_query(schema(), "key", list(keys))
