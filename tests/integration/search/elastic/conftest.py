"""Engines on a real Elasticsearch, each with indexes of its own."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.test import override_settings
from elasticsearch import Elasticsearch

from search.engines.elastic.engine import ElasticEngine


@contextmanager
def separate(**given: object) -> Iterator[ElasticEngine]:
    """An engine with a prefix of its own, whose indexes are deleted at the end. ``given`` are further settings, by the
    ends of their names.
    """
    wanted = {"CA_FILE": "", "USER": "", "PASSWORD": "", "API_KEY": "", "SHARDS": 1, "REPLICAS": 0, "TIMEOUT": 20.0}
    wanted |= {"URLS": [os.environ["ELASTICSEARCH_URL"]], "INDEX": f"test-{uuid.uuid4().hex}", **given}
    # The settings hold for as long as the engine: it reads them when it is made and when it connects.
    with override_settings(**{f"ELASTICSEARCH_{name}": value for name, value in wanted.items()}):
        engine = ElasticEngine()
        try:
            yield engine
        finally:
            keeper = engine._connection.keeping()
            names = list(keeper.indices.get(index=f"{wanted['INDEX']}*", features=["aliases"]).body)
            if names:
                keeper.indices.delete(index=names)
            engine.close()


@pytest.fixture
def engine() -> Iterator[ElasticEngine]:
    """An engine on which nothing was built yet."""
    with separate() as made:
        yield made


@pytest.fixture
def client() -> Iterator[Elasticsearch]:
    """A client of the tests' Elasticsearch, for looking behind the engine."""
    with Elasticsearch(os.environ["ELASTICSEARCH_URL"]) as made:
        yield made
