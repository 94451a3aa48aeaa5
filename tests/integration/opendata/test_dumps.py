"""Dumps: every record and the whole log, at one moment."""

import gzip
import hashlib
import io
import json

import pytest
from django.core.management import call_command
from django.test import Client

from portal.opendata import dumps, renewal
from portal.opendata.models import Snapshot, SnapshotFile
from portal.publication.models import LogRow
from portal.publication.types import TYPES
from scripts import verify
from tests.clock import set_day
from tests.factories.documents import both, document, publish, redact, withdraw
from tests.integration.opendata.downloads import content, table

pytestmark = pytest.mark.django_db


def test_a_dump_holds_every_record_and_every_row(client: Client, published):
    publish(document("visit", "gone"), document("visit", "secret", title=both("祕密", None)))
    withdraw("visit:gone")
    redact("visit:secret")
    renewal.renew()
    [dump] = client.get("/api/v1/dumps/").json()["results"]
    files = {each["filename"]: content(client, each["url"]) for each in dump["files"]}
    assert list(files) == ["records.jsonl.gz", "changes.jsonl.gz", "head.json", "SHA256SUMS"]
    sums = dict(reversed(line.split("  ")) for line in files["SHA256SUMS"].decode().splitlines())
    assert sums == {name: hashlib.sha256(held).hexdigest() for name, held in files.items() if name != "SHA256SUMS"}
    rows = [json.loads(line) for line in gzip.decompress(files["changes.jsonl.gz"]).splitlines()]
    assert rows == client.get("/api/v1/changes/?limit=500").json()["results"]
    records = {each["uid"]: each for each in map(json.loads, gzip.decompress(files["records.jsonl.gz"]).splitlines())}
    assert dump["records"] == len(records) == len(TYPES) + 2
    log = verify.Log()
    for row in rows:
        log.add(row)
    assert log.finish() + verify.compare(log.current(), records) == []
    head = json.loads(files["head.json"])
    assert (head["seq"], head["published_at"]) == (len(rows), rows[-1]["published_at"])
    publish(document("visit", "next"))
    assert LogRow.objects.latest("seq").previous == head["hash"]


def test_the_same_state_makes_the_same_bytes(published):
    dumps.make()
    first = dict(SnapshotFile.objects.values_list("name", "sha256"))
    Snapshot.objects.all().delete()
    dumps.make()
    assert dict(SnapshotFile.objects.values_list("name", "sha256")) == first


def test_a_dump_is_made_once_a_day(published, monkeypatch):
    set_day(monkeypatch, "2040-06-01")
    renewal.renew()
    publish(document("visit", "c"))
    renewal.renew()
    assert Snapshot.objects.filter(kind=dumps.KIND).count() == 1
    set_day(monkeypatch, "2040-06-02")
    renewal.renew()
    assert sorted(Snapshot.objects.filter(kind=dumps.KIND).values_list("seq", flat=True)) == [
        len(TYPES) + 2,
        len(TYPES) + 3,
    ]


def test_the_command_makes_a_dump_where_there_is_news(published):
    def run() -> str:
        said = io.StringIO()
        call_command("dump_records", stdout=said)
        return said.getvalue()

    said = run()
    assert f"{len(TYPES) + 2} records, the log up to row {len(TYPES) + 2}" in said
    assert run() == said
    assert Snapshot.objects.count() == 1
    publish(document("visit", "c"))
    assert run() != said
    assert Snapshot.objects.count() == 2


def test_an_empty_log_has_a_dump_and_collections(client: Client):
    renewal.renew()
    assert content(client, "/data/collections/visits.jsonl") == b""
    assert table(client, "visits.csv") == []
    head = json.loads(content(client, "/data/dumps/head.json"))
    assert head == {"seq": 0, "hash": "0" * 64, "published_at": None}
