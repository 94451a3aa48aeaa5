"""Reading as of one moment, while others publish."""

import gzip
import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from portal.core.moments import one_moment
from portal.opendata import dumps
from portal.opendata.snapshots import stored
from portal.publication import selectors
from portal.publication.files import storage
from scripts import verify
from tests.factories.documents import both, document, publish, withdraw

pytestmark = pytest.mark.django_db(transaction=True)


def meanwhile(act: Callable[[], Any]) -> None:
    """Do something on a connection of its own; it may not have to wait."""

    def run() -> None:
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(20)
    assert not thread.is_alive(), "it waits for the reader"


def test_what_others_publish_meanwhile_is_not_seen():
    publish(document("visit", "a"))
    with one_moment():
        assert selectors.head().seq == 1
        meanwhile(lambda: publish(document("visit", "b")))
        assert selectors.head().seq == 1
        assert [each.uid for each in selectors.public_records()] == ["visit:a"]
    assert selectors.head().seq == 2
    with pytest.raises(ZeroDivisionError), one_moment():
        selectors.head()
        raise ZeroDivisionError
    publish(document("visit", "c"))
    assert [each.uid for each in selectors.public_records()] == ["visit:a", "visit:b", "visit:c"]


def test_a_dump_agrees_with_itself_whatever_is_published_meanwhile(monkeypatch):
    publish(document("visit", "a", title=both("甲", "Before")), document("visit", "b"))
    write = dumps._write_records

    def writing(path):
        meanwhile(lambda: (publish(document("visit", "a", title=both("甲", "After"))), withdraw("visit:b")))
        return write(path)

    monkeypatch.setattr(dumps, "_write_records", writing)
    dump = dumps.make()
    held = {}
    for each in dump.files.all():
        with storage().open(stored(each.sha256, each.name)) as file:
            held[each.name] = file.read()
    log = verify.Log()
    for line in gzip.decompress(held["changes.jsonl.gz"]).splitlines():
        log.add(json.loads(line))
    records = [json.loads(line) for line in gzip.decompress(held["records.jsonl.gz"]).splitlines()]
    assert log.finish() + verify.compare(log.current(), {each["uid"]: each for each in records}) == []
    assert [each["title"]["en"] for each in records] == ["Before", "Title b"]
    assert dump.seq == json.loads(held["head.json"])["seq"] == 2
