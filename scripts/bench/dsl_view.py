"""What somebody would write by hand with the DSL: a view that gives the same fields, facets and marked words as the
portal's search does, by Elasticsearch's own analysis, query and highlighting.
"""

import functools
import os
from collections.abc import Iterable
from typing import Any

import orjson
from django.http import HttpRequest, JsonResponse
from elasticsearch import Elasticsearch, helpers
from elasticsearch.dsl import Search

from portal.core.languages import CHINESE, ENGLISH
from scripts.bench.multi_match import FIELDS, PROPERTIES
from search.facets import labelled
from search.models import Entry
from search.plan import FACET_VALUES, FACETS

_INDEX = "bench-dsl-view"
#: The fields that are marked on a page in this language: what stands in results is in no other.
_MARKED = {
    language: [f"title_{code}", f"summary_{code}", f"body_{code}", "names", "data"]
    for language, code in ((CHINESE, "zh"), (ENGLISH, "en"))
}
_SIZE, _FRAGMENT = 20, 160


def fill(texts: Iterable[tuple[str, dict[str, Any]]]) -> None:
    """Make the view's index of the texts of every record (uid, texts by field), with what else results show."""
    entries = {
        uid: (orjson.loads(source), orjson.loads(chinese), orjson.loads(english))
        for uid, source, chinese, english in Entry.objects.values_list("uid", "source", "shown_zh_hant", "shown_en")
    }
    keywords = {name: {"type": "keyword"} for name in (*FACETS, "uid")}
    kept = {name: {"type": "object", "enabled": False} for name in ("shown",)}
    client = _client()
    client.options(ignore_status=404).indices.delete(index=_INDEX)
    properties: dict[str, Any] = PROPERTIES | keywords | kept
    client.indices.create(index=_INDEX, settings={"number_of_replicas": 0}, mappings={"properties": properties})
    helpers.bulk(client, (_document(uid, each, *entries[uid]) for uid, each in texts), refresh=True)
    client.indices.forcemerge(index=_INDEX, max_num_segments=1)


def remove() -> None:
    """Delete the view's index."""
    _client().options(ignore_status=404).indices.delete(index=_INDEX)


def search(request: HttpRequest) -> JsonResponse:
    """The first page of results."""
    text, language = request.GET["q"], request.GET.get("lang", CHINESE)
    asked = Search(using=_client(), index=_INDEX).query("multi_match", query=text, fields=FIELDS)
    asked = asked.source(["uid", "type", "shown"]).extra(track_total_hits=True)[:_SIZE]
    for facet in FACETS:
        asked.aggs.bucket(facet, "terms", field=facet, size=FACET_VALUES)
    asked = asked.highlight(
        *_MARKED[language], fragment_size=_FRAGMENT, number_of_fragments=1, pre_tags="<mark>", post_tags="</mark>"
    )
    answer = asked.execute()
    found = answer.to_dict()
    counted = {
        facet: [(each["key"], each["doc_count"]) for each in found["aggregations"][facet]["buckets"]]
        for facet in FACETS
    }
    results = [_result(hit, language) for hit in found["hits"]["hits"]]
    return JsonResponse(
        {"count": found["hits"]["total"]["value"], "results": results, "facets": labelled(counted, language)}
    )


def _document(
    uid: str, texts: dict[str, Any], source: dict[str, Any], chinese: dict[str, Any], english: dict[str, Any]
) -> dict[str, Any]:
    shown = {
        name: {"title": each["title"], "url": each["url"], "text": (each["texts"] or [""])[0], "dates": each["dates"]}
        for name, each in (("zh-Hant", chinese), ("en", english))
    }
    facets = {facet: source[facet] for facet in FACETS}
    return {"_index": _INDEX, "_id": uid, "uid": uid, "shown": shown, **facets, **texts}


def _result(hit: dict[str, Any], language: str) -> dict[str, Any]:
    shown = hit["_source"]["shown"][language]
    marked = {field: fragments[0] for field, fragments in hit.get("highlight", {}).items()}
    title = next((marked[name] for name in marked if name.startswith("title")), shown["title"])
    text = next((fragment for name, fragment in marked.items() if not name.startswith("title")), shown["text"])
    return {
        "uid": hit["_source"]["uid"],
        "type": hit["_source"]["type"],
        "title": title,
        "url": shown["url"],
        "snippet": text,
        "highlights": marked,
        "date": shown["dates"],
        "score": hit["_score"],
    }


@functools.cache
def _client() -> Elasticsearch:
    return Elasticsearch(os.environ["ELASTICSEARCH_URL"], request_timeout=30)
