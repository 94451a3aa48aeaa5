"""The files of datasets: made once per version, under addresses that never change, gone with a redaction."""

import hashlib

import pytest
from django.test import Client, override_settings

from portal.opendata import formats, making
from portal.opendata.models import Distribution, Making
from portal.publication.files import storage
from portal.publication.models import FileUse, PublicFile
from tests.factories.datasets import dataset
from tests.factories.documents import both, publish, redact, withdraw
from tests.integration.opendata.conftest import LINES

ADDRESS = "/api/v1/datasets/dataset:headcount/distributions/"


def listed(client: Client, query: str = "") -> dict[str, dict]:
    return {each["format"]: each for each in client.get(ADDRESS + query).json()["results"]}


def test_every_format_is_there(client: Client, row):
    body = client.get(ADDRESS).json()
    assert [each["format"] for each in body["results"]] == list(formats.FORMATS)
    assert (body["complete"], body["version"]) == (True, 1)
    for each in body["results"]:
        response = client.get(each["url"].removeprefix("http://testserver"))
        content = b"".join(response)
        assert (len(content), hashlib.sha256(content).hexdigest()) == (each["size"], each["sha256"])
        assert response["Content-Type"].partition(";")[0] == each["media_type"]
        assert f'filename="{each["filename"]}"' in response["Content-Disposition"]
        assert "immutable" in response["Cache-Control"]
        assert response["Access-Control-Allow-Origin"] == "*"


def test_the_dataset_names_its_files(client: Client, row):
    address = "/api/v1/datasets/dataset:headcount/"
    answer = client.get(address)
    assert answer.json()["distributions"] == client.get(ADDRESS).json()["results"]
    assert client.get(address, headers={"if-none-match": answer["ETag"]}).status_code == 304
    [second] = publish(dataset(lines=LINES.replace("5498", "5499")))
    unmade = client.get(address)
    assert unmade.json()["distributions"] == []
    making.follow([second])
    made = client.get(address, headers={"if-none-match": unmade["ETag"]})
    assert len(made.json()["distributions"]) == len(formats.FORMATS)
    publish(dataset(lines=LINES, title=both("員額", "Headcount, <all>")))
    assert client.get(f"{address}?lang=en").json()["title"] == "Headcount, <all>"


def test_nothing_is_made_twice(row, monkeypatch):
    made = list(Distribution.objects.values_list("format", "file_id"))
    monkeypatch.setattr(making.files, "keep", None)
    making.follow([row])
    assert list(Distribution.objects.values_list("format", "file_id")) == made


def test_the_same_version_makes_the_same_bytes(row):
    before = dict(Distribution.objects.values_list("format", "file_id"))
    Distribution.objects.all().delete()
    making.follow([row])
    assert dict(Distribution.objects.values_list("format", "file_id")) == before


def test_latest_leads_to_the_newest_version_that_has_a_file(client: Client, row):
    first = listed(client)["csv"]
    assert client.get(first["latest"].removeprefix("http://testserver"))["Location"] == first["url"]
    [second] = publish(dataset(lines=LINES.replace("5498", "5499")))
    assert client.get(ADDRESS).json()["complete"] is False
    assert client.get(f"{ADDRESS}csv/")["Location"] == first["url"]
    making.follow([second])
    newer = listed(client)["csv"]
    assert newer["url"] != first["url"]
    assert client.get(f"{ADDRESS}csv/")["Location"] == newer["url"]
    moved = client.get(f"{ADDRESS}csv/")
    assert moved.status_code == 302
    # Files come after their version: no time says when the answer changed.
    assert "Last-Modified" not in moved
    assert listed(client, "?version=1")["csv"] == first
    assert client.get(f"{ADDRESS}dbf/").status_code == 404
    withdraw("dataset:headcount")
    assert client.get(f"{ADDRESS}csv/").status_code == 410


def test_a_redacted_version_has_no_files(client: Client, row, django_capture_on_commit_callbacks):
    files = [each["url"].removeprefix("http://testserver") for each in listed(client).values()]
    names = list(PublicFile.objects.values_list("name", flat=True))
    assert all(storage().exists(name) for name in names)
    with django_capture_on_commit_callbacks(execute=True):
        redact("dataset:headcount", 1)
    assert not Distribution.objects.exists()
    assert not any(storage().exists(name) for name in names)
    assert {client.get(address).status_code for address in files} == {404}
    assert client.get(ADDRESS).status_code == 451
    making.follow([row])
    assert not PublicFile.objects.exists()


def test_a_version_that_is_redacted_while_its_files_are_made(row, monkeypatch, django_capture_on_commit_callbacks):
    Distribution.objects.all().delete()
    FileUse.objects.all().delete()
    keep = making.files.keep

    def redacting(path, **about):
        kept = keep(path, **about)
        if path.suffix == ".jsonl":
            redact("dataset:headcount", 1)
        return kept

    monkeypatch.setattr(making.files, "keep", redacting)
    with django_capture_on_commit_callbacks(execute=True):
        making.follow([row])
    assert not FileUse.objects.exists()
    assert not PublicFile.objects.exists()
    assert not Distribution.objects.exists()


def test_a_fault_is_kept_and_told(row, monkeypatch):
    Distribution.objects.filter(format="csv").delete()

    def fail(*_arguments, **_about):
        raise OSError("no space")

    monkeypatch.setattr(making.files, "keep", fail)
    with pytest.raises(OSError, match="no space"):
        making.follow([row])
    assert Making.objects.get().problem == "OSError: no space"
    monkeypatch.undo()
    making.follow([row])
    assert Making.objects.get().problem == ""
    assert Making.objects.get().done == Making.objects.get().of == len(formats.FORMATS)


def test_a_large_table_has_no_spreadsheets(client: Client, row, monkeypatch):
    assert len(formats.offered(formats.SPREADSHEET_ROWS)) == len(formats.FORMATS)
    assert {each.code for each in formats.offered(formats.SPREADSHEET_ROWS + 1)} == {
        "csv",
        "csv-zh-hant",
        "csv-en",
        "json",
        "jsonl",
        "parquet",
        "csvw",
    }


@pytest.mark.parametrize(
    ("asked", "status", "part", "told"),
    [
        ("bytes=0-3", 206, slice(0, 4), "bytes 0-3/{}"),
        ("bytes=0-0", 206, slice(0, 1), "bytes 0-0/{}"),
        ("bytes=5-", 206, slice(5, None), None),
        ("bytes=-4", 206, slice(-4, None), None),
        ("bytes=3-99999999", 206, slice(3, None), None),
        ("bytes=99999999-", 416, None, "bytes */{}"),
        ("bytes=-0", 416, None, "bytes */{}"),
        ("bytes=4-2", 200, slice(None), None),
        ("bytes=0-1,3-4", 200, slice(None), None),
        ("lines=0-1", 200, slice(None), None),
    ],
)
def test_a_part_of_a_file(client: Client, row, asked, status, part, told):
    address = listed(client)["csv"]["url"].removeprefix("http://testserver")
    whole = b"".join(client.get(address))
    response = client.get(address, headers={"range": asked})
    assert response.status_code == status
    if part is not None:
        content = b"".join(response)
        assert content == whole[part]
        assert int(response["Content-Length"]) == len(content)
        assert response["Accept-Ranges"] == "bytes"
    if told:
        assert response["Content-Range"] == told.format(len(whole))


def test_a_part_of_other_bytes_is_not_sent(client: Client, row):
    address = listed(client)["csv"]["url"].removeprefix("http://testserver")
    etag = client.get(address)["ETag"]
    assert client.get(address, headers={"range": "bytes=0-3", "if-range": etag}).status_code == 206
    assert client.get(address, headers={"range": "bytes=0-3", "if-range": '"other"'}).status_code == 200
    assert client.get(address, headers={"if-none-match": etag}).status_code == 304


@override_settings(ACCEL_PREFIX="/public-files/")
def test_the_front_server_is_told_what_to_send(client: Client, row):
    each = listed(client)["csv"]
    response = client.get(each["url"].removeprefix("http://testserver"))
    assert response["X-Accel-Redirect"] == f"/public-files/{PublicFile.objects.get(pk=each['sha256']).name}"
    assert response.content == b""
    assert response["Content-Type"] == "text/csv; charset=utf-8"
