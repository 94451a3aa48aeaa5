"""Searches through the API beside the very bodies that the portal sends to Elasticsearch, sent by raw HTTP."""

import http.client
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from unittest import mock
from urllib.parse import urlencode, urlsplit

from django.conf import settings

from scripts.bench.quality import Topic
from search.answers import Question
from search.engines import choosing
from search.engines.elastic.queries import wired
from search.searching import search

_JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Asked:
    """A query as the API takes it, and the searches (address, body) that the portal makes of it: a loosened one makes
    two.
    """

    path: str
    raw: tuple[tuple[str, bytes], ...]


def asked(topics: Iterable[Topic]) -> list[Asked]:
    """The queries of these topics."""
    return [Asked(api_path(topic), tuple(_raw(topic))) for topic in topics]


def api_path(topic: Topic) -> str:
    """The address of a topic's first page."""
    return "/api/v1/search/?" + urlencode({"q": topic.query, "lang": topic.language})


def milliseconds(port: int, queries: Iterable[Asked], rounds: int) -> list[tuple[float, float]]:
    """For each query and round what the API takes and what its searches take by themselves, one after the other. As
    many rounds before them are not counted.
    """
    queries = list(queries)
    address = urlsplit(settings.ELASTICSEARCH_URLS[0])
    api = http.client.HTTPConnection("127.0.0.1", port)
    raw = http.client.HTTPConnection(address.hostname or "", address.port)
    found = []
    for number in range(2 * rounds):
        for place, query in enumerate(queries):

            def through(query: Asked = query) -> None:
                _ask(api, "GET", query.path)

            def alone(query: Asked = query) -> None:
                for path, body in query.raw:
                    _ask(raw, "POST", path, body)

            if (number + place) % 2:
                ours, theirs = _milliseconds(through), _milliseconds(alone)
            else:
                theirs, ours = _milliseconds(alone), _milliseconds(through)
            # Before, both become what they are in use: Elasticsearch has just been started, and compiles what it runs.
            if number >= rounds:
                found.append((ours, theirs))
    api.close()
    raw.close()
    return found


def _raw(topic: Topic) -> Iterable[tuple[str, bytes]]:
    engine = choosing.engines()[0]
    with mock.patch.object(engine, "search", wraps=engine.search) as spied:
        search(Question(topic.query, topic.language))
    for call in spied.call_args_list:
        parameters, body = wired(call.args[0])
        yield f"/{settings.ELASTICSEARCH_INDEX}-read/_search?{urlencode(parameters)}", body


def _ask(connection: http.client.HTTPConnection, method: str, path: str, body: bytes | None = None) -> None:
    connection.request(method, path, body, _JSON if body else {})
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != 200:
        raise ValueError(f"{path}: {answer.status} {content[:200]!r}")


def _milliseconds(act: Callable[[], None]) -> float:
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000
