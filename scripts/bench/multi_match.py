"""What a portal would otherwise have: Elasticsearch's own `cjk` and `english` analyzers and a `multi_match` query over
the same texts with the same weights.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from elasticsearch import Elasticsearch, helpers

from scripts.bench.quality import DEPTH, Search, Topic

_ANALYZERS = {"zh": "cjk", "en": "english"}
_TOGETHER = ("names", "data")
#: The fields of a record's texts.
PROPERTIES: dict[str, dict[str, Any]] = {
    f"{role}_{language}": {"type": "text", "analyzer": analyzer}
    for role in ("title", "summary", "body")
    for language, analyzer in _ANALYZERS.items()
} | {field: {"type": "text", "analyzer": "cjk"} for field in _TOGETHER}
#: The weights of `search.scoring`.
FIELDS = ["title_zh^4", "title_en^4", "summary_zh^2", "summary_en^2", "body_zh", "body_en", "names^2", "data"]
#: The ways to ask: the name in the table, and what of the query differs.
WAYS = {
    "best_fields, OR": {"type": "best_fields"},
    "best_fields, 75 %": {"type": "best_fields", "minimum_should_match": "75%"},
    "most_fields, OR": {"type": "most_fields"},
    "most_fields, 75 %": {"type": "most_fields", "minimum_should_match": "75%"},
    "cross_fields, OR": {"type": "cross_fields"},
    "cross_fields, 75 %": {"type": "cross_fields", "minimum_should_match": "75%"},
}
_INDEX = "bench-multi-match"


@contextmanager
def indexed(address: str, records: Iterator[tuple[str, dict[str, Any]]]) -> Iterator[Elasticsearch]:
    """A client of an index of these records (uid, texts by field), which is deleted at the end."""
    with Elasticsearch(address, request_timeout=30) as client:
        client.options(ignore_status=404).indices.delete(index=_INDEX)
        client.indices.create(index=_INDEX, settings={"number_of_replicas": 0}, mappings={"properties": PROPERTIES})
        try:
            helpers.bulk(client, ({"_index": _INDEX, "_id": uid, **texts} for uid, texts in records), refresh=True)
            yield client
        finally:
            client.indices.delete(index=_INDEX)


def asking(client: Elasticsearch, way: dict[str, str]) -> Search:
    """A search in one of `WAYS`."""

    def search(topic: Topic) -> list[str]:
        query = {"multi_match": {"query": topic.query, "fields": FIELDS, **way}}
        found = client.search(index=_INDEX, query=query, size=DEPTH, source=False)
        return [hit["_id"] for hit in found["hits"]["hits"]]

    return search
