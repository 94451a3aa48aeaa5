"""Writing index documents, each with its version: an older one never takes the place of a newer one."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import Any

import orjson
from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk

from search.engines.base import EntryData, Gone, Missing, Unavailable
from search.engines.elastic.faults import guarded

Change = EntryData | Gone

#: Documents, and bytes, that are sent together.
_CHUNK, _BYTES = 500, 8_000_000
#: Batches that are under way at once while an index is filled.
_WORKERS = 3
#: Seconds before what was refused for the load (429) is sent again; twice as many each time.
_FIRST_WAIT, _TRIES = 0.5, 4
#: A newer version is there already.
_CONFLICT = 409


def put(client: Elasticsearch, aliases: Sequence[str], changes: Iterable[Change], *, refresh: bool) -> None:
    """Make changes to each of these indexes, given by aliases of their own, so that one that was deleted is not made
    again. Raises `Missing` where one is not there, and `Unavailable` where anything was refused.
    """
    with guarded():
        _put(client, aliases, changes, refresh)


def _put(client: Elasticsearch, aliases: Sequence[str], changes: Iterable[Change], refresh: bool) -> None:
    # The client's own form of an action is a dict; these are turned into lines below.
    actions: Any = ((alias, change) for change in changes for alias in aliases)
    results = streaming_bulk(
        client,
        actions,
        chunk_size=_CHUNK,
        max_chunk_bytes=_BYTES,
        expand_action_callback=_lines,
        raise_on_error=False,
        raise_on_exception=False,
        max_retries=_TRIES,
        initial_backoff=_FIRST_WAIT,
        yield_ok=False,
        require_alias=True,
        filter_path="errors,items.*.status,items.*.error,items.*.result",
        refresh=refresh,
    )
    for _ok, result in results:
        _check(next(iter(result.values())))


def put_many(client: Elasticsearch, alias: str, changes: Iterable[Change]) -> Iterator[int]:
    """Make many changes to one index, read in this thread, several batches at once; yields how many are in so far. They
    are not searchable yet. Raises as `put` does, and what ``changes`` raises.
    """
    taken, number = iter(changes), 0
    with ThreadPoolExecutor(_WORKERS, thread_name_prefix="elasticsearch") as pool:
        under_way: deque[tuple[int, Future[None]]] = deque()
        while batch := list(islice(taken, _CHUNK)):
            under_way.append((len(batch), pool.submit(put, client, [alias], batch, refresh=False)))
            if len(under_way) > _WORKERS:
                number += _done(*under_way.popleft())
                yield number
        while under_way:
            number += _done(*under_way.popleft())
            yield number


def _done(number: int, work: "Future[None]") -> int:
    work.result()
    return number


def _lines(action: Any) -> tuple[dict[str, Any], bytes | None]:
    """The line that says what is done, and the document as it was made."""
    alias: str = action[0]
    change: Change = action[1]
    addressed = {"_index": alias, "_id": str(change.key), "version": change.seq, "version_type": "external_gte"}
    if isinstance(change, Gone):
        return {"delete": addressed}, None
    return {"index": addressed}, _one_line(change.source)


def _one_line(source: str) -> bytes:
    """A JSON text without line breaks: they would end the document."""
    if "\n" in source or "\r" in source:
        return orjson.dumps(orjson.loads(source))
    return source.encode()


def _check(item: dict[str, Any]) -> None:
    if "error" not in item or item.get("status") == _CONFLICT:
        return
    text = str(item["error"])[:500]
    if item.get("status") == 404:
        raise Missing(text)
    raise Unavailable(text)
