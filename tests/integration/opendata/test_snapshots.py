"""Collections and dumps: what is in them, and that nothing stays in them that was taken back."""

import csv
import datetime
import gzip
import hashlib
import io
import json

import pytest
from django.core.management import call_command
from django.test import Client, override_settings
from django.utils import timezone

from portal.opendata import collections, dumps, renewal, snapshots
from portal.opendata.models import Snapshot, SnapshotFile
from portal.opendata.record_columns import members, spreadsheet_columns
from portal.publication import consumers, selectors
from portal.publication.files import storage
from portal.publication.models import LogRow
from portal.publication.types import LISTED, TYPES
from scripts import verify
from tests.factories.documents import both, day, document, person, publish, redact, withdraw

pytestmark = pytest.mark.django_db

SECRET = "祕密的字句"


@pytest.fixture
def published() -> None:
    """A record of each type, and some visits."""
    publish(*(document(code, "a") for code in TYPES))
    publish(
        document(
            "city",
            "sydney",
            title=both("雪梨", "Sydney"),
            location={"latitude": "-33.8688", "longitude": "151.2093"},
            since={"date": "1990-01-01", "precision": "year"},
        ),
        document(
            "visit",
            "b",
            cities=("city:sydney",),
            dates=day("2022-03-17"),
            topics=["topic:education", "topic:culture"],
            title=both("=HYPERLINK(1)", '+1, said "she"'),
            summary=both("第一行\n第二行", None),
            people=[person()],
            subjects=[both("教育", "Education"), both("文化", None)],
        ),
    )


def local(address: str) -> str:
    return address.removeprefix("http://testserver")


def content(client: Client, address: str) -> bytes:
    response = client.get(local(address), follow=True)
    assert response.status_code == 200, address
    return b"".join(response)


def lines(client: Client, plural: str) -> list[dict]:
    return [json.loads(line) for line in content(client, f"/data/collections/{plural}.jsonl").splitlines()]


def table(client: Client, name: str) -> list[dict[str, str]]:
    text = content(client, f"/data/collections/{name}").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def everything_stored() -> str:
    """The text of every file of every snapshot in the storage, unpacked."""
    try:
        names = storage().listdir(snapshots.FOLDER)[1]
    except FileNotFoundError:
        return ""
    texts = []
    for name in names:
        with storage().open(f"{snapshots.FOLDER}/{name}") as file:
            held = file.read()
        texts.append((gzip.decompress(held) if name.endswith(".gz") else held).decode())
    return "\n".join(texts)


def test_a_collection_holds_what_the_api_serves(client: Client, published):
    renewal.renew()
    for kind in LISTED:
        found = lines(client, kind.plural)
        assert [each["uid"] for each in found] == sorted(each["uid"] for each in found)
        assert len(found) == (2 if kind.code in ("city", "visit") else 1)
        for each in found:
            assert each == client.get(f"/api/v1/records/{each['uid']}/").json()


def test_the_list_names_every_file_with_its_digest(client: Client, published):
    renewal.renew()
    body = client.get("/api/v1/collections/").json()
    assert [each["type"] for each in body["results"]] == [kind.code for kind in LISTED]
    for each in body["results"]:
        assert [file["format"] for file in each["files"]] == list(collections.FORMATS)
        assert each["seq"] == LogRow.objects.count()
        for file in each["files"]:
            held = content(client, file["url"])
            assert (len(held), hashlib.sha256(held).hexdigest()) == (file["size"], file["sha256"])
            assert content(client, file["latest"]) == held
    [visits] = [each for each in body["results"] if each["type"] == "visit"]
    assert visits["records"] == 2
    assert [file["language"] for file in visits["files"]] == [None, None, "zh-Hant", "en"]


def test_the_table_for_programs(client: Client, published):
    renewal.renew()
    assert content(client, "/data/collections/visits.csv")[:3] != b"\xef\xbb\xbf"
    row = {each["uid"]: each for each in table(client, "visits.csv")}["visit:b"]
    assert (row["title_zh"], row["title_en"]) == ("=HYPERLINK(1)", '+1, said "she"')
    assert (row["summary_zh"], row["summary_en"]) == ("第一行\n第二行", "")
    assert (row["starts"], row["ends"], row["ongoing"], row["precision"]) == (
        "2022-03-17",
        "2022-03-17",
        "false",
        "day",
    )
    assert (row["topics"], row["cities"]) == ("topic:education|topic:culture", "city:sydney")
    assert (row["direction"], row["subjects_zh"], row["subjects_en"]) == ("inbound", "教育|文化", "Education")
    assert row["url_en"] == "http://localhost:8000/en/visits/b/"
    assert row["commitment"] == LogRow.objects.get(uid="visit:b").commitment
    assert row["seq"] == str(LogRow.objects.get(uid="visit:b").seq)
    city = {each["uid"]: each for each in table(client, "cities.csv")}["city:sydney"]
    assert (city["location_latitude"], city["since_date"], city["since_precision"]) == (
        "-33.8688",
        "1990-01-01",
        "year",
    )


def test_the_tables_for_spreadsheets(client: Client, published):
    renewal.renew()
    assert content(client, "/data/collections/visits-zh-hant.csv")[:3] == b"\xef\xbb\xbf"
    row = {each["識別碼"]: each for each in table(client, "visits-zh-hant.csv")}["visit:b"]
    assert row["標題"] == "'=HYPERLINK(1)"
    assert (row["開始日期"], row["開始日期（民國）"], row["日期精確度"]) == ("2022-03-17", "111年3月17日", "日")
    assert (row["主題"], row["城市"], row["往來方向"], row["議題"]) == ("教育、文化", "雪梨", "來訪", "教育、文化")
    row = {each["Identifier"]: each for each in table(client, "visits-en.csv")}["visit:b"]
    assert row["Title"] == '\'+1, said "she"'
    assert (row["Summary"], row["Cities"], row["Direction"]) == ("第一行\n第二行", "Sydney", "Inbound")
    city = {each["Identifier"]: each for each in table(client, "cities-en.csv")}["city:sydney"]
    assert (city["Latitude"], city["Precision of the tie's date"]) == ("-33.8688", "Year")


@pytest.mark.parametrize("language", ["zh-Hant", "en"])
@pytest.mark.parametrize("code", [kind.code for kind in LISTED])
def test_every_column_of_a_spreadsheet_has_a_name_of_its_own(code, language):
    headers = [column.header for column in spreadsheet_columns(code, language)]
    assert len(set(headers)) == len(headers)
    assert not {member.path for member in members(code) if "_" in member.path or "." in member.path} & set(headers)


def test_only_what_changed_is_made_again(published, monkeypatch):
    renewal.renew()
    made = []
    monkeypatch.setattr(collections, "make", lambda kind: made.append(kind.code))
    renewal.renew()
    assert made == []
    publish(document("alert", "b"))
    renewal.renew()
    assert made == ["alert"]


def test_records_that_show_a_changed_title_are_made_again(client: Client, published):
    renewal.renew()
    publish(document("city", "sydney", title=both("雪梨市", "City of Sydney")))
    renewal.renew()
    [visit] = [each for each in lines(client, "visits") if each["uid"] == "visit:b"]
    assert visit["related"][0]["title"]["en"] == "City of Sydney"


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
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    monkeypatch.setattr(renewal.timezone, "localdate", lambda: tomorrow)
    follow()
    assert len(calls) == 4


def test_a_dump_holds_every_record_and_every_row(client: Client, published):
    publish(document("visit", "gone"), document("visit", "secret", title=both(SECRET, None)))
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
    renewal.renew()
    publish(document("visit", "c"))
    renewal.renew()
    assert Snapshot.objects.filter(kind=dumps.KIND).count() == 1
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    local = timezone.localdate
    monkeypatch.setattr(dumps.timezone, "localdate", lambda moment=None: local(moment) if moment else tomorrow)
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


def test_records_come_by_uid_whatever_the_database_sorts_by(published):
    publish(document("visit", "a-b"), document("visit", "ab"), document("visit", "a0"))
    uids = [each.uid for each in selectors.public_records()]
    assert uids == sorted(uids)
    assert [each.uid for each in selectors.public_records(["city"])] == ["city:a", "city:sydney"]
