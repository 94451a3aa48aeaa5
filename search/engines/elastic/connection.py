"""The client, from the settings: addresses, certificate authority, account."""

import os
import threading
from typing import Any

from django.conf import settings
from elasticsearch import Elasticsearch, OrjsonSerializer

from search.engines.elastic.node import CurlNode

#: Seconds for whatever is not a search.
PATIENCE = 60.0


class Connection:
    """A client for each process, made when it is first needed: a forked process must not share sockets."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._client: Elasticsearch | None = None
        self._owner = 0

    def searching(self) -> Elasticsearch:
        """For searches: as fast as ELASTICSEARCH_TIMEOUT says or not at all. Another node is tried only where one
        cannot be reached.
        """
        if self._client is None or self._owner != os.getpid():
            with self._lock:
                self._client, self._owner = _client(), os.getpid()
        return self._client

    def keeping(self) -> Elasticsearch:
        """For everything else, with more patience."""
        return self.searching().options(request_timeout=PATIENCE)

    def close(self) -> None:
        """Close the connections; the next use opens new ones."""
        with self._lock:
            if self._client is not None and self._owner == os.getpid():
                self._client.close()
            self._client = None


def _client() -> Elasticsearch:
    urls = settings.ELASTICSEARCH_URLS
    given: dict[str, Any] = {}
    if settings.ELASTICSEARCH_CA_FILE:
        given["ca_certs"] = settings.ELASTICSEARCH_CA_FILE
    if settings.ELASTICSEARCH_API_KEY:
        given["api_key"] = settings.ELASTICSEARCH_API_KEY
    elif settings.ELASTICSEARCH_USER:
        given["basic_auth"] = (settings.ELASTICSEARCH_USER, settings.ELASTICSEARCH_PASSWORD)
    return Elasticsearch(
        urls,
        request_timeout=settings.ELASTICSEARCH_TIMEOUT,
        max_retries=len(urls) - 1,
        retry_on_status=(),
        retry_on_timeout=False,
        serializer=OrjsonSerializer(),
        node_class=CurlNode,
        **given,
    )
