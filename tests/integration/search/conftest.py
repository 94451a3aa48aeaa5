"""Search with Elasticsearch in front, in indexes of its own."""

import os
import uuid
from collections.abc import Iterator

import pytest
from elasticsearch import Elasticsearch


@pytest.fixture
def elasticsearch_settings(settings) -> Iterator[None]:
    """The settings name the tests' Elasticsearch; what is put there is deleted."""
    settings.ELASTICSEARCH_URLS = [os.environ["ELASTICSEARCH_URL"]]
    settings.ELASTICSEARCH_INDEX = f"test-{uuid.uuid4().hex}"
    settings.ELASTICSEARCH_TIMEOUT = 20.0
    yield
    with Elasticsearch(os.environ["ELASTICSEARCH_URL"]) as client:
        names = list(client.indices.get(index=f"{settings.ELASTICSEARCH_INDEX}*").body)
        if names:
            client.indices.delete(index=names)
