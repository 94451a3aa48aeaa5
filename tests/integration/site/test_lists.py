"""Lists: order, filters, pages."""

import re

import pytest
from django.test import Client

from tests.clock import set_day
from tests.factories.documents import UNDATED, day, document, publish
from tests.validity import faults


def titles(page: str) -> list[str]:
    return re.findall(r'<h3><a href="/visits/([^/"]+)/"', page)


@pytest.fixture
def visits(db) -> None:
    publish(
        document("city", "busan"),
        *(document("visit", f"v{number:02}", dates=day(f"2022-03-{number:02}")) for number in range(1, 25)),
        document("visit", "last-year", dates=day("2021-03-01"), cities=("city:busan",), topics=["topic:culture"]),
        document("visit", "undated", dates=dict(UNDATED)),
    )


def test_newest_first_undated_last_page_by_page(client: Client, visits):
    first = client.get("/visits/").content.decode()
    assert titles(first)[0] == "v24"
    next_address = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    second = client.get(next_address).content.decode()
    assert titles(second) == ["v04", "v03", "v02", "v01", "last-year", "undated"]
    previous = re.search(r'rel="prev" href="([^"]+)"', second)[1].replace("&amp;", "&")
    assert titles(client.get(previous).content.decode()) == titles(first)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("year=2021", 1), ("year=110", 1), ("year=2022", 24), ("city=city:busan", 1), ("topic=topic:culture", 1),
        ("year=2022&city=city:busan", 0), ("city=city:unknown", 0), ("something=else", 26),
    ],
)  # fmt: skip
def test_filters(client: Client, visits, query, count):
    response = client.get(f"/en/visits/?{query}")
    assert response.status_code == 200
    assert re.search(r'class="count">(\d+) record', response.content.decode())[1] == str(count)
    assert faults(response.content.decode(), "en") == []


def test_offered_filters_count_what_they_leave(client: Client, visits):
    page = client.get("/en/visits/").content.decode()
    for address, count in re.findall(
        r'<li><a href="(/en/visits/\?[^"]+)">[^<]*</a> <span class="note">(\d+)</span>', page
    ):
        filtered = client.get(address.replace("&amp;", "&")).content.decode()
        assert re.search(r'class="count">(\d+) record', filtered)[1] == count


@pytest.mark.parametrize("language", ["zh-Hant", "en"])
@pytest.mark.parametrize(
    "query", ["cursor=nonsense", "cursor=%00", "year=never", "topic=topic:nothing", "city=%00", "city=" + "x" * 5000]
)
def test_what_cannot_be_read_is_a_400_page(client: Client, visits, query, language):
    response = client.get(f"{'/en' if language == 'en' else ''}/visits/?{query}")
    assert response.status_code == 400
    assert faults(response.content.decode(), language) == []


def test_a_filtered_list_is_not_for_search_engines(client: Client, visits):
    assert 'content="noindex"' in client.get("/visits/?year=2021").content.decode()
    assert 'content="noindex"' not in client.get("/visits/").content.decode()


def test_the_switch_keeps_the_filter(client: Client, visits):
    assert 'href="/en/visits/?year=2021" hreflang="en"' in client.get("/visits/?year=2021").content.decode()


@pytest.fixture
def meetings(db) -> None:
    publish(
        document("city", "busan", country="KR"),
        document("city", "kumamoto", country="JP", kind="friendship"),
        document("visit", "seoul", cities=("city:busan",)),
        document("visit", "screen", cities=("city:kumamoto", "city:busan"), mode="video", direction="online"),
        document("visit", "paris", direction="outbound", country="FR"),
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("country=KR", {"seoul", "screen"}),
        ("country=JP", {"screen"}),
        ("country=FR", {"paris"}),
        ("country=DE", set()),
        ("mode=video", {"screen"}),
        ("mode=in-person&direction=inbound", {"seoul"}),
        ("direction=outbound", {"paris"}),
        ("country=KR&mode=video", {"screen"}),
    ],
)
def test_visits_are_found_by_country_direction_and_mode(client: Client, meetings, query, found):
    assert set(titles(client.get(f"/visits/?{query}").content.decode())) == found


@pytest.mark.parametrize("plural", ["visits", "cities"])
def test_filters_by_code_count_what_they_leave(client: Client, meetings, plural):
    page = client.get(f"/en/{plural}/").content.decode()
    offered = re.findall(rf'<li><a href="(/en/{plural}/\?[^"]+)">[^<]*</a> <span class="note">(\d+)</span>', page)
    assert {address.partition("?")[2].partition("=")[0] for address, _count in offered} >= {"country"}
    for address, count in offered:
        filtered = client.get(address.replace("&amp;", "&")).content.decode()
        assert re.search(r'class="count">(\d+) record', filtered)[1] == count
        assert faults(filtered, "en") == []


@pytest.mark.parametrize("query", ["mode=telepathy", "country=korea", "direction=%00", "country=kr"])
def test_codes_that_no_list_knows_are_a_400_page(client: Client, meetings, query):
    assert client.get(f"/visits/?{query}").status_code == 400


def test_a_parameter_of_another_type_is_ignored(client: Client, meetings):
    assert client.get("/exhibits/?mode=telepathy").status_code == 200


def test_works_are_listed_by_how_they_stand(client: Client, db, monkeypatch):
    set_day(monkeypatch, "2022-10-15")
    due = {"date": "2022-10-31", "precision": "day"}
    publish(
        document("works", "due", due=due),
        document("works", "passed", due=due | {"date": "2022-09-30"}),
        document("works", "open"),
        document("works", "done", due=due, status="completed", completed="2022-10-01"),
    )
    page = client.get("/en/works/").content.decode()
    assert faults(page, "en") == []
    sections = re.findall(r'<section aria-label="([^"]+)".*?<h3><a href="/en/works/(\w+)/"', page, re.DOTALL)
    assert sections == [
        ("Due", "due"),
        ("Planned day passed, completion not recorded", "passed"),
        ("No day of completion given", "open"),
        ("Done", "done"),
    ]
    assert "16 days left" in page
    assert "16 days left" in client.get("/en/works/due/").content.decode()
    assert "is not recorded here" in client.get("/en/works/passed/").content.decode()
