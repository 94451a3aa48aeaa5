"""A rebuild beside a raw `parallel_bulk` of the ready documents, and the embedded engine over many documents."""

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from elasticsearch import Elasticsearch, OrjsonSerializer, helpers

from scripts.bench.corpus import entries, mixed_requests
from search import keeping
from search.engines.elastic.mapping import described
from search.engines.embedded.engine import EmbeddedEngine
from search.models import Entry

_INDEX = "raw-parallel-bulk"


def rebuilds(rounds: int) -> list[tuple[float, float]]:
    """Seconds of a rebuild of the index on Elasticsearch, and of a raw `parallel_bulk` of the same documents into an
    index like it, round by round. The rebuild reads its documents from the database; the other finds them in memory.
    """
    [engine] = keeping.engines("elasticsearch")
    documents = [orjson.loads(source) for source in Entry.objects.values_list("source", flat=True).iterator()]
    found = []
    # The portal's client has this serializer: what is compared is not how fast JSON is written.
    with Elasticsearch(settings.ELASTICSEARCH_URLS[0], request_timeout=60, serializer=OrjsonSerializer()) as client:
        for number in range(rounds):

            def ours() -> None:
                keeping.rebuild(engine, lambda _done, _total: None)

            def theirs() -> None:
                _parallel_bulk(client, documents)

            sides: list[Callable[[], None]] = [ours, theirs]
            times = {side: _seconds(side) for side in (sides if number % 2 else reversed(sides))}
            found.append((times[ours], times[theirs]))
            client.indices.delete(index=_INDEX)
    return found


def embedded(documents: int, queries: int) -> list[float]:
    """Milliseconds of each of so many generated queries on an embedded index of so many generated documents."""
    with tempfile.TemporaryDirectory() as folder:
        engine = EmbeddedEngine(Path(folder))
        engine.rebuild(lambda _held: entries(documents), lambda _done: None)
        found = []
        for request in mixed_requests(queries):
            begun = time.perf_counter()
            engine.search(request)
            found.append((time.perf_counter() - begun) * 1000)
        engine.close()
    return found


def _parallel_bulk(client: Elasticsearch, documents: list[dict[str, Any]]) -> None:
    client.indices.create(index=_INDEX, **described(_INDEX, shards=settings.ELASTICSEARCH_SHARDS))
    for done, _result in helpers.parallel_bulk(client, _actions(documents)):
        if not done:
            raise RuntimeError("a document was refused")
    client.indices.refresh(index=_INDEX)


def _actions(documents: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    return ({"_index": _INDEX, "_id": str(document["key"]), "_source": document} for document in documents)


def _seconds(act: Callable[[], None]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun
