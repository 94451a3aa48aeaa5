"""Snapshots: nothing stays in them that was taken back, and nobody is given half of one."""

import gzip
import io

import pytest
from django.test import Client, override_settings

from portal.opendata import collections, dumps, renewal, snapshots
from portal.opendata.models import Snapshot, SnapshotFile
from portal.publication import consumers
from portal.publication.files import storage
from portal.publication.models import LogRow
from tests.clock import set_day
from tests.factories.documents import both, document, publish, redact, withdraw
from tests.integration.opendata.downloads import content, everything_stored, lines, local

pytestmark = pytest.mark.django_db

SECRET = "祕密的字句"


def test_a_file_under_way_outlives_one_change_and_no_more(
    client: Client, published, django_capture_on_commit_callbacks
):
    def renewed(slug: str) -> str:
        publish(document("visit", slug))
        with django_capture_on_commit_callbacks(execute=True):
            renewal.renew()
        return client.get("/data/collections/visits.jsonl")["Location"]

    first, second = renewed("c"), renewed("d")
    assert {client.get(each).status_code for each in (first, second)} == {200}
    third = renewed("e")
    assert [client.get(each).status_code for each in (first, second, third)] == [404, 200, 200]
    assert first.split("/")[3] not in " ".join(storage().listdir(snapshots.FOLDER)[1])


@pytest.mark.parametrize("take_back", [withdraw, redact])
def test_what_is_taken_back_is_gone_at_once(client: Client, published, take_back, django_capture_on_commit_callbacks):
    publish(document("visit", "gone", title=both(SECRET, None)))
    # Whoever cites it repeats its title.
    publish(document("exhibit", "b", related=("visit:gone",)))
    renewal.renew()
    before = client.get("/api/v1/collections/").json()["results"], client.get("/api/v1/dumps/").json()["results"]
    addresses = [file["url"] for listed in before for each in listed for file in each["files"]]
    assert SECRET in everything_stored()
    take_back("visit:gone")
    assert {client.get(local(each)).status_code for each in addresses} == {404}
    for latest in (
        "/data/collections/visits.jsonl",
        "/en/data/collections/exhibits-en.csv",
        "/data/dumps/records.jsonl.gz",
    ):
        response = client.get(latest)
        assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert client.get("/api/v1/collections/").json()["count"] == client.get("/api/v1/dumps/").json()["count"] == 0
    with django_capture_on_commit_callbacks(execute=True):
        renewal.renew()
    assert [each["uid"] for each in lines(client, "visits")] == ["visit:a", "visit:b"]
    stored = everything_stored()
    if take_back is redact:
        assert SECRET not in stored
    else:
        # Withdrawn words are in the log alone.
        [dump] = Snapshot.objects.filter(kind=dumps.KIND)
        assert stored.count(SECRET) == 1
        assert SECRET in gzip.decompress(content(client, "/data/dumps/changes.jsonl.gz")).decode()
        assert dump.seq == LogRow.objects.count()
    # What it did not concern is still the same file, and served again.
    cities = [each for each in before[0] if each["type"] == "city"][0]["files"][0]["url"]
    assert client.get(local(cities)).status_code == 200


def test_forgetting_does_not_wait_for_what_fails(published, monkeypatch, django_capture_on_commit_callbacks):
    publish(document("visit", "gone", title=both(SECRET, None)))
    renewal.renew()
    redact("visit:gone")

    def fail(_kind):
        raise OSError("no space")

    monkeypatch.setattr(collections, "make", fail)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(OSError, match="no space"):
        renewal.renew()
    assert SECRET not in everything_stored()
    assert not Snapshot.objects.filter(kind__in=("visit", "dump")).exists()


def test_the_consumer_waits_between_changes_but_not_with_what_is_taken_back(published, monkeypatch):
    set_day(monkeypatch, "2040-06-01")
    calls, now = [], [1000.0]
    monkeypatch.setattr(renewal, "renew", lambda: calls.append(now[0]))
    monkeypatch.setattr(renewal.time, "monotonic", lambda: now[0])
    consumer = renewal.Renewal()

    def follow() -> None:
        while consumers.step(consumer):
            pass

    follow()
    assert calls == [1000.0]
    publish(document("visit", "c"))
    follow()
    assert calls == [1000.0]
    assert consumers.lag()["snapshots"] == 0
    now[0] += renewal.PAUSE
    follow()
    follow()
    assert calls == [1000.0, 1030.0]
    withdraw("visit:c")
    follow()
    assert calls == [1000.0, 1030.0, 1030.0]
    now[0] += renewal.PAUSE
    follow()
    assert len(calls) == 3
    set_day(monkeypatch, "2040-06-02")
    follow()
    assert len(calls) == 4


def test_before_the_first_renewal_readers_are_asked_to_wait(client: Client, published):
    for address in ("/data/collections/visits.csv", "/en/data/dumps/head.json"):
        assert client.get(address).status_code == 503
    assert "正在製作" in client.get("/data/collections/visits.csv").content.decode()
    assert "being made" in client.get("/en/data/collections/visits.csv").content.decode()
    for address in ("/data/collections/menus.csv", "/data/dumps/tail.json", f"/data/files/{'a' * 64}/visits.csv"):
        assert client.get(address).status_code == 404


def test_a_file_is_sent_in_parts_and_asked_for_again(client: Client, published):
    renewal.renew()
    address = client.get("/data/collections/visits.jsonl")["Location"]
    whole = client.get(address)
    held = b"".join(whole)
    assert whole["Content-Type"] == "application/jsonl"
    assert 'filename="visits.jsonl"' in whole["Content-Disposition"]
    assert whole["Cache-Control"] == "public, max-age=0, s-maxage=30, must-revalidate"
    assert whole["Access-Control-Allow-Origin"] == "*"
    part = client.get(address, headers={"range": "bytes=5-9"})
    assert (part.status_code, b"".join(part)) == (206, held[5:10])
    assert client.get(address, headers={"if-none-match": whole["ETag"]}).status_code == 304
    with override_settings(ACCEL_PREFIX="/public-files/"):
        response = client.get(address)
    assert response["X-Accel-Redirect"] == f"/public-files/{snapshots.stored(*address.split('/')[3:])}"


def test_a_file_that_was_cut_off_is_made_again(client: Client, published):
    renewal.renew()
    each = SnapshotFile.objects.get(name="visits.jsonl")
    name = snapshots.stored(each.sha256, each.name)
    whole = content(client, "/data/collections/visits.jsonl")
    storage().delete(name)
    storage().save(name, io.BytesIO(whole[:10]))
    renewal.renew()
    assert content(client, "/data/collections/visits.jsonl") == whole


def test_a_file_that_another_host_sweeps_away_is_there_in_the_end(
    client: Client, published, monkeypatch, django_capture_on_commit_callbacks
):
    store = snapshots._store
    swept = []

    def storing(*given):
        store(*given)
        if not swept:
            swept.append(True)
            with django_capture_on_commit_callbacks(execute=True):
                snapshots.forget()
            assert storage().listdir(snapshots.FOLDER)[1] == []

    monkeypatch.setattr(snapshots, "_store", storing)
    renewal.renew()
    assert len(lines(client, "cities")) == 2


def test_files_that_belong_to_nothing_are_swept_away(published, django_capture_on_commit_callbacks):
    renewal.renew()
    storage().save(f"{snapshots.FOLDER}/{'a' * 64}-visits.csv", io.BytesIO(SECRET.encode()))
    with django_capture_on_commit_callbacks(execute=True):
        snapshots.forget()
    assert SECRET not in everything_stored()
    assert len(storage().listdir(snapshots.FOLDER)[1]) == SnapshotFile.objects.count()
