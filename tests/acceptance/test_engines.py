"""Ten thousand generated documents and five hundred queries: the engines find the same, in nearly the same order."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

import pytest

from search.engines.base import Engine, EntryData
from search.engines.embedded.engine import EmbeddedEngine
from search.plan import Hits, Request
from tests.integration.search.contract import build
from tests.integration.search.elastic.conftest import separate
from tests.search_corpus import entries, mixed_requests

pytestmark = [pytest.mark.acceptance, pytest.mark.needs_elasticsearch]

_DOCUMENTS, _QUERIES, _TOP = 10_000, 500, 10


@pytest.fixture(params=[1, 3], ids=["one shard", "three shards"])
def engines(request, tmp_path) -> Iterator[tuple[Engine, Engine]]:
    """Both engines over the same documents."""
    with separate(SHARDS=request.param) as elastic:
        embedded = EmbeddedEngine(tmp_path / "embedded")
        for engine in (elastic, embedded):
            build(engine, entries(_DOCUMENTS))
        yield elastic, embedded
        embedded.close()


def test_they_answer_alike(engines):
    assert_alike(*engines, overlap=0.99)


def test_so_they_do_when_a_fifth_was_written_again(engines):
    for engine in engines:
        for batch in batches(rewritten(), 200):
            engine.write(batch, [])
    assert_alike(*engines, overlap=0.97)


def rewritten() -> Iterable[EntryData]:
    """Every fifth stretch of a hundred documents, with other contents."""
    return chain.from_iterable(
        entries(100, seed=2, first=first, seq=_DOCUMENTS + 1) for first in range(0, _DOCUMENTS, 500)
    )


def batches(given: Iterable[EntryData], size: int) -> Iterator[list[EntryData]]:
    """The entries in lists of this size."""
    held = list(given)
    return (held[start : start + size] for start in range(0, len(held), size))


def assert_alike(one: Engine, other: Engine, *, overlap: float) -> None:
    """The same hits and counts for every query, and on average at least this share of the first ten in common."""
    shares = []
    for request in mixed_requests(_QUERIES):
        everything = replace(request, sort="newest", limit=_DOCUMENTS, facets=False)
        assert keys(one.search(everything)) == keys(other.search(everything)), request
        shares.append(shared(request, one.search(request), other.search(request)))
    assert sum(shares) / len(shares) >= overlap


def shared(request: Request, one: Hits, other: Hits) -> float:
    """The share of the first hits of one that are among the first of the other; the counts are the same."""
    assert (one.count, one.facets) == (other.count, other.facets), request
    first, second = keys(one, _TOP), keys(other, _TOP)
    return len(first & second) / len(first) if first else 1.0


def keys(hits: Hits, number: int | None = None) -> set[int]:
    """The keys of the first hits, or of all."""
    return {hit.key for hit in hits.hits[:number]}
