"""Charts on the page of a dataset and at addresses of their own: kept, asked for again, moved, withdrawn, redacted."""

import json

import orjson
import pytest
from django.core.cache import caches
from django.test import Client

from portal.statistics import drawing
from tests.factories.datasets import chart, dataset
from tests.factories.documents import both, publish, redact, withdraw

pytestmark = pytest.mark.django_db

PAGE = "/datasets/headcount/"
ADDRESSES = [
    f"{prefix}{PAGE}charts/1{layout}.{form}"
    for prefix in ("", "/en")
    for layout in ("", "-page", "-phone")
    for form in ("svg", "png", "json")
]
TYPES = {"svg": "image/svg+xml", "png": "image/png", "json": "application/json"}


@pytest.fixture
def charted(db):
    """A published dataset with a chart that can be drawn, and one that could be once and no longer is."""
    caches["charts"].clear()
    stale = chart(y="nowhere", title=both("不在了", "Gone"))
    return publish(dataset(charts=[chart(description=both("工友5,498人。", "5,498 workers.")), stale]))


@pytest.mark.parametrize("address", ADDRESSES)
def test_pictures_have_addresses(client: Client, charted, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == TYPES[address.rpartition(".")[2]]
    assert response["Cache-Control"].startswith("public, max-age=0, s-maxage=30")
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert response.content[:4] in (b"<svg", b"\x89PNG", b'{"$s')


def test_the_language_is_that_of_the_address(client: Client, charted):
    chinese, english = (client.get(f"{prefix}{PAGE}charts/1.svg").content.decode() for prefix in ("", "/en"))
    assert "<title" in chinese
    assert ">各類人數<" in chinese
    assert ">工友5,498人。<" in chinese
    assert ">Staff by kind<" in english
    assert ">5,498 workers.<" in english


def test_the_specification_holds_the_figures(client: Client, charted):
    spec = client.get(f"/en{PAGE}charts/1.json").json()
    figures = {datum["staff"]: (datum["value"], datum["value_text"]) for datum in spec["data"]["values"]}
    # Of the two periods the later one is drawn.
    assert figures == {"Workers": (633.0, "633")}
    assert spec["usermeta"]["dark"]["#ffffff"] == "#0d181e"
    assert spec["title"]["text"] == ["Staff by kind"]


@pytest.mark.parametrize("form", TYPES)
def test_what_the_reader_has_is_not_drawn_again(client: Client, charted, form, django_assert_num_queries, monkeypatch):
    address = f"{PAGE}charts/1.{form}"
    etag = client.get(address)["ETag"]
    caches["charts"].clear()
    monkeypatch.setattr(drawing, "svg", None)
    with django_assert_num_queries(1):
        again = client.get(address, headers={"if-none-match": etag})
    assert again.status_code == 304
    assert again["ETag"] == etag
    assert again["Cache-Control"].startswith("public")


def test_a_picture_is_drawn_once(client: Client, charted, monkeypatch):
    first = client.get(f"{PAGE}charts/1.svg").content
    monkeypatch.setattr(drawing, "svg", None)
    assert client.get(f"{PAGE}charts/1.svg").content == first


def test_figures_and_labels_make_another_picture_and_other_texts_do_not(client: Client, charted):
    address = f"{PAGE}charts/1.svg"
    etag = client.get(address)["ETag"]
    same = dataset(charts=[chart(description=both("工友5,498人。", "5,498 workers."))], summary=both("新的摘要"))
    publish(same)
    assert client.get(address, headers={"if-none-match": etag}).status_code == 304
    publish(same | {"measures": [same["measures"][0] | {"label": both("員額")}, same["measures"][1]]})
    relabelled = client.get(address, headers={"if-none-match": etag})
    assert relabelled.status_code == 200
    lines = "period,measure,staff,value,status,note_zh,note_en\n2022-05,headcount,workers,1,normal,,\n"
    publish(dataset(lines=lines, charts=same["charts"]))
    recounted = client.get(address, headers={"if-none-match": relabelled["ETag"]})
    assert recounted.status_code == 200
    assert recounted.content != relabelled.content


@pytest.mark.parametrize(
    "address",
    [
        f"{PAGE}charts/3.svg",
        f"{PAGE}charts/99.png",
        f"{PAGE}charts/0.svg",
        f"{PAGE}charts/100.svg",
        f"{PAGE}charts/1.gif",
        f"{PAGE}charts/1-huge.svg",
        f"{PAGE}charts/",
        "/datasets/nothing/charts/1.svg",
        "/about/charts/1.svg",
        f"{PAGE}versions/7/charts/1.svg",
    ],
)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_there_is_nothing_at_other_addresses(client: Client, charted, address, prefix):
    assert client.get(prefix + address).status_code == 404


def test_a_chart_that_cannot_be_drawn_is_said_on_the_page(client: Client, charted):
    assert client.get(f"{PAGE}charts/2.svg").status_code == 404
    page = client.get(PAGE).content.decode()
    assert "這張圖表無法繪製" in page
    assert "nowhere" in page


@pytest.mark.parametrize(("prefix", "words"), [("", "工友5,498人。"), ("/en", "5,498 workers.")])
def test_the_page_shows_the_picture_its_words_and_the_table(client: Client, charted, prefix, words):
    page = client.get(prefix + PAGE).content.decode()
    base = f"{prefix}{PAGE}charts/1"
    assert f'src="{base}-page.svg"' in page
    assert f'srcset="{base}-phone.svg"' in page
    assert 'aria-describedby="chart-1-words"' in page
    assert words in page
    for form in TYPES:
        assert f'href="{base}.{form}"' in page
    assert page.index('id="charts"') < page.index('class="data"')


def test_the_page_leaves_room_for_the_picture(client: Client, charted):
    page = client.get(PAGE).content.decode()
    spec = client.get(f"{PAGE}charts/1-page.json").json()
    assert f'width="{spec["width"]}" height="{spec["height"]}"' in page


def test_an_old_address_leads_on(client: Client, charted):
    publish(dataset(path="/datasets/staff/", charts=[chart()]))
    response = client.get(f"/en{PAGE}charts/1-phone.svg")
    assert response.status_code == 301
    assert response.url == "/en/datasets/staff/charts/1-phone.svg"


def test_versions_keep_their_charts(client: Client, charted):
    lines = "period,measure,staff,value,status,note_zh,note_en\n2022-05,headcount,workers,77,normal,,\n"
    publish(dataset(lines=lines, charts=[chart()]))
    first, second, now = (
        client.get(f"{PAGE}{part}charts/1.json").json()["data"]["values"][0]["value"]
        for part in ("versions/1/", "versions/2/", "")
    )
    assert (first, second, now) == (633, 77, 77)
    page = client.get(f"/en{PAGE}versions/1/").content.decode()
    assert f'src="/en{PAGE}versions/1/charts/1-page.svg"' in page


def test_those_of_a_withdrawn_dataset_are_gone_as_its_page_is(client: Client, charted):
    withdraw("dataset:headcount", both("已撤回", "Taken back"))
    for address, note in ((f"{PAGE}charts/1.svg", "已撤回"), (f"/en{PAGE}charts/1.png", "Taken back")):
        response = client.get(address)
        assert response.status_code == 410
        body = response.content.decode()
        assert note in body
        assert f"{PAGE}versions/" in body
        assert "svgversions" not in body
    assert client.get(f"{PAGE}versions/1/charts/1.svg").status_code == 200


def test_those_of_a_redacted_version_are_not_given(client: Client, charted):
    publish(dataset(charts=[chart(title=both("新的", "New"))]))
    redact("dataset:headcount", charted[0].version)
    assert client.get(f"{PAGE}versions/1/charts/1.svg").status_code == 451
    assert client.get(f"{PAGE}charts/1.svg").status_code == 200


def test_a_dataset_without_charts_has_none(client: Client, db):
    publish(dataset(charts=[]))
    assert 'id="charts"' not in client.get(PAGE).content.decode()
    assert client.get(f"{PAGE}charts/1.svg").status_code == 404


def test_too_many_observations_are_said(client: Client, charted, monkeypatch):
    monkeypatch.setattr("portal.statistics.chart_rows.MOST_READ", 1)
    caches["charts"].clear()
    publish(dataset(charts=[chart(sort="descending")], summary=both("新的")))
    assert client.get(f"{PAGE}charts/1.svg").status_code == 404
    assert "最多從1筆觀測值" in client.get(PAGE).content.decode()


def test_the_api_gives_the_declarations(client: Client, charted):
    record = client.get("/api/v1/datasets/dataset:headcount/").json()
    assert [each["mark"] for each in record["charts"]] == ["bar", "bar"]
    assert orjson.loads(json.dumps(record["charts"][0]["title"])) == {"zh-Hant": "各類人數", "en": "Staff by kind"}
