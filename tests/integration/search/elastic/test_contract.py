"""The engine on Elasticsearch does what every engine does."""

from collections.abc import Iterator

import pytest

from search.engines.elastic.engine import ElasticEngine
from tests.integration.search.contract import Contract
from tests.integration.search.elastic.conftest import separate


@pytest.mark.needs_elasticsearch
class TestElasticsearch(Contract):
    @pytest.fixture
    def made(self) -> Iterator[ElasticEngine]:
        with separate() as engine:
            yield engine

    @pytest.fixture(scope="class")
    @classmethod
    def shared(cls) -> Iterator[ElasticEngine]:
        with separate() as engine:
            yield engine
