"""How alike two engines answer: over generated documents and queries, the same hits, and the first ten in common."""

import os
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from django.test import override_settings
from elasticsearch import Elasticsearch

from scripts.bench.corpus import entries, mixed_requests
from search.engines.base import Engine, EntryData
from search.engines.elastic.engine import ElasticEngine
from search.engines.embedded.engine import EmbeddedEngine
from search.plan import Hits

DOCUMENTS, QUERIES, TOP = 10_000, 500, 10
#: The least mean overlap of the first ten, and that where a fifth of the documents was written again.
WANTED, WANTED_REWRITTEN = 0.99, 0.97
#: What is said of documents of which a fifth was written again.
REWRITTEN = "a fifth rewritten"
_STRETCH = 100


@dataclass(frozen=True)
class Alike:
    """For how many queries both had the same hits, counts and facets, of how many; and the mean share of the first
    ten that they had in common.
    """

    same: int
    asked: int
    overlap: float


@contextmanager
def both(directory: Path, *, shards: int) -> Iterator[tuple[Engine, Engine]]:
    """Elasticsearch and the embedded engine over the same generated documents; their indexes are gone afterwards."""
    address, prefix = os.environ["ELASTICSEARCH_URL"], f"alike-{uuid.uuid4().hex}"
    given = {"ELASTICSEARCH_URLS": [address], "ELASTICSEARCH_INDEX": prefix, "ELASTICSEARCH_SHARDS": shards}
    with override_settings(ELASTICSEARCH_TIMEOUT=20.0, **given):
        engines: tuple[Engine, Engine] = ElasticEngine(), EmbeddedEngine(directory)
        try:
            for engine in engines:
                engine.rebuild(lambda _held: entries(DOCUMENTS), lambda _done: None)
            yield engines
        finally:
            for engine in engines:
                engine.close()
            with Elasticsearch(address) as client:
                client.indices.delete(index=list(client.indices.get(index=f"{prefix}*").body))


def rewrite_a_fifth(engine: Engine) -> None:
    """Give every fifth stretch of documents other contents."""
    for first in range(0, DOCUMENTS, 5 * _STRETCH):
        engine.write(list(_rewritten(first)), [])


def _rewritten(first: int) -> Iterable[EntryData]:
    return entries(_STRETCH, seed=2, first=first, seq=DOCUMENTS + 1)


def compare(engines: Sequence[Engine]) -> Alike:
    """Ask both engines every query."""
    same, shares = 0, []
    for request in mixed_requests(QUERIES):
        everything = replace(request, sort="newest", limit=DOCUMENTS, facets=False)
        one, other = (_keys(engine.search(everything)) for engine in engines)
        first, second = (engine.search(request) for engine in engines)
        same += one == other and (first.count, first.facets) == (second.count, second.facets)
        shares.append(_shared(_keys(first, TOP), _keys(second, TOP)))
    return Alike(same, len(shares), sum(shares) / len(shares))


def _keys(hits: Hits, number: int | None = None) -> set[int]:
    return {hit.key for hit in hits.hits[:number]}


def _shared(one: set[int], other: set[int]) -> float:
    return len(one & other) / len(one) if one else 1.0
