"""How the index document lies in an Elasticsearch index: the kind of each field, and that texts are only cut at spaces.
A field that is not here is refused.
"""

import hashlib
from functools import cache
from typing import Any

import orjson
from elasticsearch.dsl import (
    Document,
    Float,
    Index,
    Integer,
    Keyword,
    Long,
    MetaField,
    Text,
    analyzer,
    tokenizer,
)

#: Lucene's longest term has 32,766 bytes, and a character at most four.
_LONGEST = 8_000
#: How long the version of something deleted is remembered, so that an older one that comes late is still refused.
_REMEMBERED = "2h"

_TOKENS = analyzer("tokens", type="custom", tokenizer=tokenizer("tokens", "whitespace", max_token_length=_LONGEST))


def _scored() -> Text:
    """Tokens with frequencies and lengths, for scores."""
    return Text(analyzer=_TOKENS, index_options="freqs")


class RecordDocument(Document):
    """The index document of a record (`search.documents`)."""

    key = Long()
    uid = Keyword(doc_values=False, ignore_above=_LONGEST)
    type = Keyword(ignore_above=_LONGEST)
    city = Keyword(multi=True, ignore_above=_LONGEST)
    topic = Keyword(multi=True, ignore_above=_LONGEST)
    year = Keyword(multi=True, ignore_above=_LONGEST)
    facet = Keyword(multi=True, index=False, ignore_above=_LONGEST)
    exact = Keyword(multi=True, doc_values=False, ignore_above=_LONGEST)
    all = Text(analyzer=_TOKENS, index_options="docs", norms=False)
    run = Text(analyzer=_TOKENS, index_options="positions", norms=False)
    title_zh = _scored()
    title_en = _scored()
    names = _scored()
    summary_zh = _scored()
    summary_en = _scored()
    body_zh = _scored()
    body_en = _scored()
    data = _scored()
    files = _scored()
    near = _scored()
    starts = Integer()
    ends = Integer()
    newest = Long(index=False)
    oldest = Long(index=False)
    recency = Float(index=False)
    seq = Long(index=False)

    class Meta:
        dynamic = MetaField("strict")


def described(name: str, *, shards: int) -> dict[str, Any]:
    """What an index is created with: fields, their digest, and settings under which it is filled fastest."""
    index = Index(name)
    index.document(RecordDocument)
    index.settings(number_of_shards=shards, number_of_replicas=0, refresh_interval=-1, gc_deletes=_REMEMBERED)
    body: dict[str, Any] = index.to_dict()
    body["mappings"]["_meta"] = {"fields": fields_digest()}
    return body


@cache
def fields_digest() -> str:
    """Names the fields of this version: an index made with other ones cannot be used."""
    index = Index("any")
    index.document(RecordDocument)
    return hashlib.sha256(orjson.dumps(index.to_dict(), option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]
