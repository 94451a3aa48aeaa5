"""The indexes behind two aliases: what is read, and what is written.

::

    <prefix>-read    one index: the one in use
    <prefix>-write   that one, and the one that a rebuild is filling

Each index is also the only one behind an alias of its own, by which it is written: where an index has been deleted, a
write to its own name would make it again, without its fields.
"""

import re
import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from elasticsearch import Elasticsearch

from search.engines.base import Missing
from search.engines.elastic.mapping import described, fields_digest

#: While it is in use, changes that nobody has made visible become so after this long.
_REFRESH = "30s"
#: Seconds within which a search that was sent before a swap has begun, and those that it may then take.
_BEGUN, _ENDED = 0.3, 10.0


@dataclass(frozen=True, slots=True)
class Found:
    """An index, as it is there: its name, its identity, and whether it is the one in use."""

    name: str
    identity: str
    read: bool

    @property
    def own(self) -> str:
        """The alias that only this index has."""
        return own_alias(self.name)


def own_alias(name: str) -> str:
    """The alias that only the index of this name has."""
    return f"{name}-only"


class Indexes:
    """The indexes of a prefix. Raises what the client raises."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self.read, self._write = f"{prefix}-read", f"{prefix}-write"
        self._made_here = re.compile(re.escape(prefix) + r"-\d{8}t\d{6}-[0-9a-f]{6}")

    def written(self, client: Elasticsearch) -> list[Found]:
        """The indexes of this version's fields that writes go to. Raises `Missing` where there is none."""
        found = self._found(client)
        if not found:
            raise Missing(f"no index behind {self._write}")
        return found

    def current(self, client: Elasticsearch) -> Found:
        """The index in use. Raises `Missing` where there is none, or one of other fields."""
        for each in self._found(client):
            if each.read:
                return each
        raise Missing(f"no index of these fields behind {self.read}")

    def new(self, client: Elasticsearch) -> str:
        """Make an empty index that writes go to, and return its name. What another rebuild left, or is filling, is
        deleted: the latest rebuild counts.
        """
        for name, aliases in self._all(client):
            if self.read not in aliases and (self._write in aliases or self._made_here.fullmatch(name)):
                self.delete(client, [name])
        name = f"{self._prefix}-{datetime.now(UTC):%Y%m%dt%H%M%S}-{secrets.token_hex(3)}"
        body = described(name, shards=settings.ELASTICSEARCH_SHARDS)
        client.indices.create(index=name, **body, aliases={self._write: {}, own_alias(name): {}})
        return name

    def use(self, client: Elasticsearch, name: str) -> list[str]:
        """Make a filled index the one in use, in one step, and return those that were."""
        client.indices.put_settings(
            index=name, settings={"refresh_interval": _REFRESH, "number_of_replicas": settings.ELASTICSEARCH_REPLICAS}
        )
        client.indices.refresh(index=name)
        before = [each for each, aliases in self._all(client) if self.read in aliases and each != name]
        both = {"aliases": [self.read, self._write], "must_exist": False}
        actions: list[dict[str, Any]] = [{"remove": {"index": each, **both}} for each in before]
        client.indices.update_aliases(actions=[*actions, {"add": {"index": name, "alias": self.read}}])
        return before

    def retire(self, client: Elasticsearch, names: list[str]) -> None:
        """Delete indexes that are no longer in use, once the searches that had begun in them have ended."""
        if not names:
            return
        time.sleep(_BEGUN)
        until = time.monotonic() + _ENDED
        while self._searched(client, names) and time.monotonic() < until:
            time.sleep(0.1)
        self.delete(client, names)

    def discard(self, client: Elasticsearch, name: str) -> None:
        """Delete an index that was not finished; it stays where it is in use after all, because only the answer to the
        swap was lost.
        """
        self.delete(client, [each for each, aliases in self._all(client) if each == name and self.read not in aliases])

    def delete(self, client: Elasticsearch, names: list[str]) -> None:
        """Delete indexes; those that are not there count as deleted."""
        if names:
            client.indices.delete(index=names, ignore_unavailable=True)

    def _found(self, client: Elasticsearch) -> list[Found]:
        held = client.indices.get(
            index=[self.read, self._write],
            features=["aliases", "mappings", "settings"],
            ignore_unavailable=True,
            filter_path="*.aliases,*.mappings._meta,*.settings.index.uuid",
        ).body
        return [
            Found(name, index["settings"]["index"]["uuid"], self.read in index["aliases"])
            for name, index in held.items()
            if index.get("mappings", {}).get("_meta", {}).get("fields") == fields_digest()
        ]

    def _all(self, client: Elasticsearch) -> list[tuple[str, set[str]]]:
        """Whatever is behind the aliases or named like them, with its aliases."""
        names = [self.read, self._write, f"{self._prefix}-*"]
        held = client.indices.get(index=names, features=["aliases"], ignore_unavailable=True).body
        return [(name, set(index["aliases"])) for name, index in held.items()]

    def _searched(self, client: Elasticsearch, names: list[str]) -> bool:
        counted = client.indices.stats(
            index=names, metric="search", filter_path="_all.total.search.query_current,_all.total.search.open_contexts"
        )
        return any(counted["_all"]["total"]["search"].values())
