"""A cluster with security switched on: TLS, a certificate authority, a password, an API key."""

import os
import re
import shlex
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import override_settings
from elasticsearch import Elasticsearch

from scripts.bench.corpus import small
from scripts.elastic.node import unused_port
from search.engines.base import Unavailable
from search.engines.elastic.engine import ElasticEngine
from tests.integration.search.contract import LISTED, build
from tests.integration.search.elastic.conftest import separate

pytestmark = pytest.mark.needs_elasticsearch

_SCRIPT = Path(__file__).resolve().parents[4] / "scripts" / "elasticsearch"
#: All that the portal asks of a cluster.
_RIGHTS = {"cluster": [], "indices": [{"names": ["test-key-*"], "privileges": ["all"]}]}


@contextmanager
def _secure() -> Iterator[dict[str, str]]:
    """The variables of a secure server that is there for one test."""
    port = str(unused_port())
    try:
        told = subprocess.run(
            [_SCRIPT, "start", "--secure", "--port", port], check=True, stdout=subprocess.PIPE, text=True
        ).stdout
        exports = (shlex.split(line)[1].split("=", 1) for line in told.splitlines())
        yield {name.removeprefix("ELASTICSEARCH_"): value for name, value in exports}
    finally:
        subprocess.run([_SCRIPT, "stop", "--remove", "--port", port], check=True)


def _in_order(engine: ElasticEngine) -> None:
    build(engine, [small(1)])
    engine.write([small(2)], [])
    assert engine.search(LISTED).count == len(list(engine.keys())) == 2
    assert engine.identity()


def test_a_secure_cluster():
    """One test for all of it: starting a server takes a while."""
    with _secure() as given:
        urls = [given.pop("URL")]
        assert urls[0].startswith("https://")
        with separate(URLS=urls, **given) as engine:
            _in_order(engine)
            _refused(urls, given)
        with separate(URLS=urls, CA_FILE=given["CA_FILE"], API_KEY=_key(urls, given), INDEX="test-key-1") as engine:
            _in_order(engine)
        with separate(URLS=urls, **given, TIMEOUT=5.0) as engine:
            _in_order(engine)
            _busy(engine, urls, given)
            _away(engine, urls[0])


def _key(urls: list[str], given: dict[str, str]) -> str:
    """An API key with the rights to the portal's own indexes alone."""
    account = (given["USER"], given["PASSWORD"])
    with Elasticsearch(urls, ca_certs=given["CA_FILE"], basic_auth=account) as client:
        return str(client.security.create_api_key(name="portal", role_descriptors={"portal": _RIGHTS})["encoded"])


def _refused(urls: list[str], given: dict[str, str]) -> None:
    """Neither without the certificate authority nor without the right account is there an answer, or any word of what
    was sent.
    """
    for wrong in ({"CA_FILE": ""}, {"PASSWORD": "wrong-password"}, {"USER": ""}, {"API_KEY": "d3Jvbmc6a2V5"}):
        wanted = {"URLS": urls, **given, **wrong}
        with override_settings(**{f"ELASTICSEARCH_{name}": value for name, value in wanted.items()}):
            engine = ElasticEngine()
            with pytest.raises(Unavailable) as fault:
                engine.search(LISTED)
            engine.close()
        assert not re.search("wrong-password|d3Jvbmc6a2V5", str(fault.value))


def _busy(engine: ElasticEngine, urls: list[str], given: dict[str, str]) -> None:
    """What is refused for the load (429) is unavailable, and comes back by itself."""
    with Elasticsearch(urls, ca_certs=given["CA_FILE"], basic_auth=(given["USER"], given["PASSWORD"])) as client:
        client.cluster.put_settings(persistent={"indices.breaker.request.limit": "1b"})
        with pytest.raises(Unavailable, match="429"):
            engine.search(replace(LISTED, facets=True))
        client.cluster.put_settings(persistent={"indices.breaker.request.limit": None})
    assert engine.search(LISTED).count == 2


def _away(engine: ElasticEngine, url: str) -> None:
    """Stopped in its tracks, killed, started again: the same engine answers as soon as the server does."""
    port = url.rsplit(":", 1)[1]
    running = subprocess.run([_SCRIPT, "status"], stdout=subprocess.PIPE, text=True, check=True).stdout
    process = int(re.search(rf":{port}  process (\d+)", running)[1])
    os.kill(process, signal.SIGSTOP)
    with pytest.raises(Unavailable):
        engine.search(LISTED)
    os.kill(process, signal.SIGCONT)
    identity = engine.identity()
    subprocess.run([_SCRIPT, "stop", "--kill", "--port", port], check=True)
    for ask in (lambda: engine.search(LISTED), engine.identity, lambda: engine.write([small(3)], [])):
        with pytest.raises(Unavailable):
            ask()
    subprocess.run([_SCRIPT, "start", "--secure", "--port", port], check=True, stdout=subprocess.DEVNULL)
    assert engine.identity() == identity
    engine.write([small(3)], [])
    assert len(list(engine.keys())) == 3
