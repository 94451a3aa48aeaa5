"""Collections: what is in them, and when they are made anew."""

import hashlib

import pytest
from django.test import Client

from portal.opendata import collections, renewal
from portal.opendata.record_columns import members, spreadsheet_columns
from portal.publication import selectors
from portal.publication.models import LogRow
from portal.publication.types import LISTED
from tests.factories.documents import both, document, publish
from tests.integration.opendata.downloads import content, lines, table

pytestmark = pytest.mark.django_db


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


def test_records_come_by_uid_whatever_the_database_sorts_by(published):
    publish(document("visit", "a-b"), document("visit", "ab"), document("visit", "a0"))
    uids = [each.uid for each in selectors.public_records()]
    assert uids == sorted(uids)
    assert [each.uid for each in selectors.public_records(["city"])] == ["city:a", "city:sydney"]
