"""An index of several shards answers as one of a single shard does."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from scripts.bench.corpus import entries, key_of, mixed_requests, random_requests, small
from search.engines.elastic.engine import ElasticEngine
from search.plan import Everything, Request
from tests.integration.search.contract import LISTED, build, paged
from tests.integration.search.elastic.conftest import separate
from tests.search_reference import Reference, assert_same

pytestmark = pytest.mark.needs_elasticsearch


@pytest.fixture
def sharded() -> Iterator[ElasticEngine]:
    with separate(SHARDS=3) as engine:
        yield engine


def test_hits_scores_and_facets(sharded: ElasticEngine):
    build(sharded, entries(600))
    reference = Reference.of_sources(entry.source for entry in entries(600))
    for request in [*random_requests(60), *mixed_requests(120)]:
        assert_same(sharded.search(request), request, reference)


def test_pages_and_keys(sharded: ElasticEngine):
    build(sharded, [])
    for start in range(0, 90, 30):
        sharded.write([small(index, seq=index + 1) for index in range(start, start + 30)], [])
    keys = sorted(key_of(index) for index in range(90))
    assert [hit.key for hit in paged(sharded, Request(Everything(), limit=7))] == keys
    assert list(dict(sharded.keys())) == keys
    assert [hit.order for hit in paged(sharded, replace(LISTED, limit=7))] == list(range(90, 0, -1))


def test_the_values_of_a_facet_are_counted_exactly(sharded: ElasticEngine):
    # What is most frequent in all is among the hundreds of last values on each single shard.
    build(sharded, (small(index, city=[f"city:{index % 400:03}", f"rare:{index % 250:03}"]) for index in range(1000)))
    found = sharded.search(replace(LISTED, facets=True)).facets["city"]
    assert found == [(f"rare:{number:03}", 4) for number in range(100)]
