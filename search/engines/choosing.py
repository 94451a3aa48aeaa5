"""Which engine answers: Elasticsearch where the settings name one, the embedded index where this host keeps one.

Elasticsearch stands behind a circuit breaker: the first request that it fails is answered by the embedded index, and so
are all others, at once, until a thread in the background finds it well again. A request that it refuses says nothing of
others: the embedded index answers that one alone.
"""

import logging
import os
import threading
from collections.abc import Sequence

from django.conf import settings
from django.core.signals import setting_changed

from search.engines.base import Engine, Refused, Unavailable
from search.engines.breaker import Breaker
from search.plan import Everything, Hits, Request

logger = logging.getLogger(__name__)

#: What the engines are made from.
_SETTINGS = (
    "ELASTICSEARCH_URLS",
    "ELASTICSEARCH_INDEX",
    "ELASTICSEARCH_CA_FILE",
    "ELASTICSEARCH_USER",
    "ELASTICSEARCH_PASSWORD",
    "ELASTICSEARCH_API_KEY",
    "ELASTICSEARCH_SHARDS",
    "ELASTICSEARCH_REPLICAS",
    "ELASTICSEARCH_TIMEOUT",
    "SEARCH_EMBEDDED",
    "SEARCH_INDEX_DIR",
)
_LOOK = Request(Everything(), sort="newest", limit=1)


class Chain:
    """Engines in the order in which they are asked; all but the last have a breaker, and so does a last one that is not
    of this host.
    """

    def __init__(self, links: Sequence[tuple[Engine, Breaker | None]]) -> None:
        self.links = tuple(links)

    def search(self, request: Request) -> tuple[Hits, str]:
        """The answer of the first engine that gives one, and the engine's name. Raises `Unavailable`."""
        last: Unavailable | None = None
        for engine, breaker in self.links:
            if breaker is not None and not breaker.is_closed():
                continue
            try:
                return engine.search(request), engine.name
            except Unavailable as fault:
                last = fault
                if isinstance(fault, Refused):
                    logger.warning("search: %s refused a request: %s", engine.name, fault)
                elif breaker is not None:
                    breaker.open(fault)
        raise Unavailable(f"no engine answers: {last}") from last

    def answering(self) -> str | None:
        """The name of the engine that the next request goes to; None where there is none."""
        for engine, breaker in self.links:
            if breaker is None or breaker.is_closed():
                return engine.name
        return None

    def close(self) -> None:
        """Close all engines and stop looking for those that are away."""
        for engine, breaker in self.links:
            if breaker is not None:
                breaker.stop()
            engine.close()


def guarded(engine: Engine) -> tuple[Engine, Breaker]:
    """An engine with a breaker that looks for it by searching."""
    return engine, Breaker(engine.name, lambda: engine.search(_LOOK))


def search(request: Request) -> tuple[Hits, str]:
    """What a request gives, and the name of the engine that answered. Raises `Unavailable` where none does."""
    return _chain().search(request)


def answering() -> str | None:
    """The name of the engine that will probably answer the next request; None where all are away."""
    return _chain().answering()


def engines() -> tuple[Engine, ...]:
    """The engines that the settings name, the first to be asked in front; the same ones for the same settings."""
    return tuple(engine for engine, _ in _chain().links)


def forget() -> None:
    """Close the engines; the next use makes new ones, with closed breakers."""
    global _made
    with _lock:
        made, _made = _made, None
    if made is not None:
        made.close()


def _chain() -> Chain:
    global _made
    # Looked at once: another thread may forget it.
    made = _made
    if made is None:
        with _lock:
            made = _made = _made or _from_settings()
    return made


def _from_settings() -> Chain:
    links: list[tuple[Engine, Breaker | None]] = []
    # Imported here: a host that has only one of them loads only its client.
    if settings.ELASTICSEARCH_URLS:
        from search.engines.elastic.engine import ElasticEngine

        links.append(guarded(ElasticEngine()))
    if settings.SEARCH_EMBEDDED:
        from search.engines.embedded.engine import EmbeddedEngine

        links.append((EmbeddedEngine(), None))
    return Chain(links)


def _start_afresh() -> None:
    global _made, _lock
    _made, _lock = None, threading.Lock()


def _forget_if_made_from(*, setting: str, **kwargs: object) -> None:
    if setting in _SETTINGS:
        forget()


_made: Chain | None = None
_lock = threading.Lock()
# A forked process makes engines of its own: it has no thread that looks, its connections are its parent's, and a lock
# that another thread held would stay locked.
os.register_at_fork(after_in_child=_start_afresh)
# Settings change in tests alone, which Django tells.
setting_changed.connect(_forget_if_made_from)
