"""The engine on an Elasticsearch cluster.

Every answer is whole or none: a shard that does not answer makes it `Unavailable`. Nothing is kept here between two
calls but connections; which index is in use stands in the cluster's aliases.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import quote

from django.conf import settings
from elasticsearch import Elasticsearch, NotFoundError

from search.engines.base import Entries, EntryData, Gone, Missing, Unavailable
from search.engines.elastic.connection import Connection
from search.engines.elastic.faults import guarded
from search.engines.elastic.indexes import Indexes, own_alias
from search.engines.elastic.queries import explained, facets_of, wired
from search.engines.elastic.writing import Change, put, put_many
from search.plan import Hit, Hits, Request

#: Keys that are read together: as many as Elasticsearch gives at once.
_PAGE = 10_000
_JSON = {"accept": "application/json", "content-type": "application/json"}


class ElasticEngine:
    """The indexes of the setting ELASTICSEARCH_INDEX at ELASTICSEARCH_URL."""

    name = "elasticsearch"

    def __init__(self) -> None:
        self._connection = Connection()
        self._indexes = Indexes(settings.ELASTICSEARCH_INDEX)
        self._checked = False

    def search(self, request: Request) -> Hits:
        """The hits of a request. Raises `Unavailable`."""
        with guarded():
            client = self._connection.searching()
            if not self._checked:
                self._indexes.current(client)
                self._checked = True
            parameters, body = wired(request)
            address = f"/{quote(self._indexes.read)}/_search"
            answer = client.perform_request("POST", address, params=parameters, headers=_JSON, body=body).body
            return _hits(answer, request)

    def write(self, entries: Sequence[EntryData], gone: Sequence[Gone]) -> None:
        """Put these in and take those out, visible to the next search on return. May be repeated. Raises
        `Unavailable`.
        """
        client = self._connection.keeping()
        changes: list[Change] = [*entries, *gone]
        for last in (False, True):
            with guarded():
                targets = [each.own for each in self._indexes.written(client)]
            try:
                put(client, targets, changes, refresh=True)
                return
            except Missing:
                # A rebuild may have ended since the indexes were named.
                if last:
                    raise

    def rebuild(self, entries: Entries, progress: Callable[[int], None]) -> None:
        """Fill a new index beside the one in use, compare it with the entries as they are by then, and swap. From its
        beginning on, whatever is written goes into both. Should anything fail, the one in use stays. Raises
        `Unavailable`, also where another rebuild was begun meanwhile, and what ``entries`` raises.
        """
        with guarded():
            client = self._connection.keeping()
            name = self._indexes.new(client)
        try:
            held: dict[int, int] = {}
            for number in put_many(client, own_alias(name), _noted(entries({}), held)):
                progress(number)
            self._catch_up(client, name, entries, held)
            with guarded():
                before = self._indexes.use(client, name)
        except BaseException:
            # Where this fails too, the next rebuild does it.
            with suppress(Unavailable), guarded():
                self._indexes.discard(client, name)
            raise
        self._catch_up(client, name, entries, held)
        with guarded():
            self._indexes.retire(client, before)

    def keys(self) -> Iterator[tuple[int, int]]:
        """Key and seq of everything that the index in use holds, in order of the keys. Raises `Unavailable`."""
        with guarded():
            client = self._connection.keeping()
            name = self._indexes.current(client).name
        after = 0
        while True:
            with guarded():
                page = _keys(client, name, after)
            yield from page
            if len(page) < _PAGE:
                return
            after = page[-1][0]

    def explain(self, request: Request, key: int) -> dict[str, Any]:
        """Whether a record is a hit, and why it scores as it does: Elasticsearch's explanation, in which each weight of
        BM25 is divided by 2.2.
        """
        with guarded():
            client = self._connection.keeping()
            try:
                answer = client.explain(index=self._indexes.read, id=str(key), query=explained(request)).body
            except NotFoundError as fault:
                if not isinstance(fault.body, dict) or "matched" not in fault.body:
                    raise
                return {"hit": False}
            if not answer["matched"]:
                return {"hit": False}
            return {"hit": True, "score": answer["explanation"]["value"], "explanation": answer["explanation"]}

    def identity(self) -> str:
        """The unique id of the index in use. Raises `Unavailable`."""
        with guarded():
            return self._indexes.current(self._connection.keeping()).identity

    def close(self) -> None:
        """Close the connections; the next use opens new ones."""
        self._checked = False
        self._connection.close()

    def _catch_up(self, client: Elasticsearch, name: str, entries: Entries, held: dict[int, int]) -> None:
        """Bring an index to the entries as they are now, where they are not what was put in before (``held``)."""
        for _number in put_many(client, own_alias(name), _changed(entries(held), held)):
            pass
        with guarded():
            client.indices.refresh(index=name)


def _noted(entries: Iterable[EntryData], held: dict[int, int]) -> Iterator[EntryData]:
    """The entries, with the version of each kept in ``held``."""
    for entry in entries:
        held[entry.key] = entry.seq
        yield entry


def _changed(entries: Iterable[EntryData], held: dict[int, int]) -> Iterator[Change]:
    """What of the entries is new compared with ``held``, and what is no longer there; ``held`` is brought up to it."""
    seen: set[int] = set()
    for entry in entries:
        seen.add(entry.key)
        if held.get(entry.key) != entry.seq:
            held[entry.key] = entry.seq
            yield entry
    for key in held.keys() - seen:
        # As of the version that was put in: what was written since stays.
        yield Gone(key, "", held.pop(key))


def _hits(answer: dict[str, Any], request: Request) -> Hits:
    found = answer["hits"]
    places = [hit["sort"] for hit in found.get("hits", ())] if request.limit > 0 else []
    if request.sort == "relevance":
        hits = tuple(Hit(key, score=score) for score, key in places)
    else:
        hits = tuple(Hit(key, order=order) for order, key in places)
    facets = facets_of(answer["aggregations"]) if request.facets else {}
    return Hits(found["total"]["value"], hits, facets)


def _keys(client: Elasticsearch, index: str, after: int) -> list[tuple[int, int]]:
    answer = client.search(
        index=index,
        query={"range": {"key": {"gt": after}}},
        size=_PAGE,
        sort=[{"key": "asc"}],
        docvalue_fields=[{"field": "seq"}],
        source=False,
        stored_fields=["_none_"],
        track_total_hits=False,
        allow_partial_search_results=False,
        filter_path="hits.hits.sort,hits.hits.fields",
    ).body
    return [(hit["sort"][0], hit["fields"]["seq"][0]) for hit in answer.get("hits", {}).get("hits", ())]
