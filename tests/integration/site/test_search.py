"""The search page and the field that leads to it."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from tests.factories.documents import both, day, document, publish
from tests.factories.portal import in_both
from tests.factories.searching import bring_up
from tests.validity import faults, parse

pytestmark = pytest.mark.django_db


@pytest.fixture
def indexed(db) -> None:
    """A portal to search."""
    publish(
        document("city", "busan", title=both("釜山市", "Busan")),
        document("city", "kumamoto", title=both("熊本市", "Kumamoto")),
        document("page", "contact", path="/contact/", title=both("聯絡資訊", "Contact")),
    )
    publish(
        *(
            document(
                "visit",
                f"v{number:02}",
                title=both(f"釜山教育訪問{number:02}", f"Busan education visit {number:02}"),
                dates=day(f"2022-03-{number:02}"),
                cities=("city:busan",),
                topics=["topic:education"],
            )
            for number in range(1, 25)
        ),
        document(
            "exhibit",
            "keys",
            title=both("市鑰展", "Keys"),
            summary=both("熊本市的鑰匙。", None),
            cities=("city:kumamoto",),
            dates=day("2021-05-01"),
        ),
        document(
            "menu",
            items=[
                {"label": both("訪問", "Visits"), "uid": None, "address": "/visits/"},
                {"label": both("聯絡我們", "Contact us"), "uid": "page:contact", "address": None},
            ],
        ),
    )
    bring_up()


def fetch(client: Client, address: str, *, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    page = response.content.decode()
    assert faults(page, "en" if address.startswith("/en") else "zh-Hant") == []
    return page


def slugs(page: str) -> list[str]:
    rows = page.partition('<ol class="rows')[2]
    return re.findall(r'<h3[^>]*><a href="(?:/en)?/[a-z]+/([^/"]+)/"', rows)


def links(page: str, container: str) -> dict[str, str]:
    """Address by the text of its link, of every link within the elements of a class."""
    tree = parse(page)
    return {
        "".join(link.itertext()).split("✕")[0].strip(): link.get("href")
        for each in tree.iter()
        if container in (each.get("class") or "").split()
        for link in each.iter("a")
    }


def test_results_have_marked_words_dates_and_kinds(client: Client, indexed):
    page = fetch(client, "/search/?q=熊本")
    assert "<mark>熊本市</mark>的鑰匙" in page
    assert "110年5月1日" in page and "2021-05-01" in page
    assert "展覽" in page
    assert 'value="熊本"' in page
    english = fetch(client, "/en/search/?q=Busan+education")
    assert "<mark>Busan</mark> <mark>education</mark> visit" in english
    assert "24 March 2022" in english
    assert "<title>Search: Busan education" in english


def test_chinese_in_an_english_result_is_marked(client: Client, indexed):
    tree = parse(fetch(client, "/en/search/?q=熊本市"))
    snippet = next(each for each in tree.iter("p") if "的鑰匙" in "".join(each.itertext()))
    assert snippet.get("lang") == "zh-Hant"


def test_every_page_has_a_field_that_leads_here(client: Client, portal):
    for address, language in [*in_both(), ("/nothing/", "zh-Hant"), ("/en/nothing/", "en")]:
        tree = parse(client.get(address).content.decode())
        # The home page has it in its body.
        (form,) = tree.find(".//main" if address in ("/", "/en/") else ".//header").iter("form")
        assert (form.get("role"), form.get("method")) == ("search", "get")
        assert form.get("action") == ("/en/search/" if language == "en" else "/search/")
        (field,) = [each for each in form.iter("input") if each.get("name") == "q"]
        assert any(each.get("for") == field.get("id") for each in form.iter("label"))


def test_the_search_page_has_one_field(client: Client, indexed):
    tree = parse(fetch(client, "/search/?q=釜山"))
    assert [
        each.get("value") for each in tree.iter("input") if each.get("name") == "q" and each.get("type") != "hidden"
    ] == ["釜山"]


def test_counts_of_facets_are_what_their_links_leave(client: Client, indexed):
    page = fetch(client, "/en/search/?q=visit+keys+busan")
    offered = re.findall(r'<li><a href="(/en/search/\?[^"]+)">[^<]*</a> <span class="note">(\d+)</span>', page)
    assert len(offered) >= 4
    for address, count in offered:
        filtered = fetch(client, unescape(address))
        assert re.search(r'class="count">(\d+) record', filtered)[1] == count


def test_a_filter_is_a_chip_that_takes_it_away(client: Client, indexed):
    page = fetch(client, "/en/search/?q=visit&type=visit&city=city:busan&topic=topic:education&from=2022&to=2022")
    chips = links(page, "chips")
    assert list(chips) == ["Visits", "Busan", "Education", "2022"]
    assert parse_qs(urlsplit(chips["Busan"]).query) == {
        "q": ["visit"], "type": ["visit"], "topic": ["topic:education"], "from": ["2022"], "to": ["2022"],
    }  # fmt: skip
    assert "from" not in chips["2022"] and "to=" not in chips["2022"]
    assert links(fetch(client, "/search/?from=111-03-05"), "chips") == {"111年3月5日起": "/search/"}
    assert list(links(fetch(client, "/search/?from=111/3&to=111/3"), "chips")) == ["111年3月"]
    assert list(links(fetch(client, "/en/search/?city=city:atlantis"), "chips")) == ["city:atlantis"]


def test_a_chosen_year_is_marked_and_leads_back(client: Client, indexed):
    page = fetch(client, "/en/search/?q=visit+keys&from=111&to=2022")
    chosen = re.search(r'<a href="([^"]+)" aria-current="true">2022', page)
    assert chosen and "from" not in chosen[1]


def test_orders(client: Client, indexed):
    page = fetch(client, "/en/search/?q=education")
    orders = links(page, "orders")
    assert list(orders) == ["Best match", "Newest first", "Oldest first"]
    assert slugs(fetch(client, unescape(orders["Newest first"])))[0] == "v24"
    assert slugs(fetch(client, unescape(orders["Oldest first"])))[0] == "v01"
    assert list(links(fetch(client, "/en/search/"), "orders")) == ["Newest first", "Oldest first"]


@pytest.mark.parametrize("query", ["q=education", "q=education&sort=oldest", "type=visit"])
def test_page_by_page_and_back(client: Client, indexed, query):
    first = fetch(client, f"/en/search/?{query}")
    second = fetch(client, unescape(re.search(r'rel="next" href="([^"]+)"', first)[1]))
    assert (len(slugs(first)), len(slugs(second))) == (20, 4)
    assert set(slugs(first)).isdisjoint(slugs(second))
    assert 'rel="prev"' not in first and 'rel="next"' not in second
    assert slugs(fetch(client, unescape(re.search(r'rel="prev" href="([^"]+)"', second)[1]))) == slugs(first)


def test_without_words_everything_is_listed(client: Client, indexed):
    page = fetch(client, "/search/")
    assert slugs(page)[0] == "v24"
    assert "28筆紀錄" in page


def test_search_engines_stay_out_and_the_switch_keeps_the_search(client: Client, indexed):
    page = fetch(client, "/search/?q=%E9%87%9C%E5%B1%B1&type=visit")
    assert 'content="noindex"' in page and 'rel="canonical"' not in page
    switch = re.search(r'href="([^"]+)" hreflang="en" lang="en"', page)[1]
    assert unescape(switch) == "/en/search/?q=%E9%87%9C%E5%B1%B1&type=visit"


def test_nothing_found_helps_further(client: Client, indexed):
    page = fetch(client, "/en/search/?q=zzzqqq+xxyyzz&type=exhibit")
    assert "No record was found for “zzzqqq xxyyzz”." in page
    further = links(page, "empty")
    assert further["Search without the filters"] == "/en/search/?q=zzzqqq+xxyyzz"
    assert further["Contact us"] == "/en/contact/"
    assert further["Visits"] == "/en/visits/"
    assert "找不到符合「zzzqqq」的紀錄" in fetch(client, "/search/?q=zzzqqq")


def test_a_better_spelling_is_a_link_that_keeps_the_filters(client: Client, indexed):
    page = fetch(client, "/en/search/?q=Kumamotto&type=exhibit")
    assert links(page, "suggestion") == {"kumamoto": "/en/search/?q=kumamoto&type=exhibit"}


def test_loosened_results_are_said_to_be(client: Client, indexed):
    said = "those that have a part of it are listed too"
    assert said in fetch(client, "/en/search/?q=Kumamoto+qqqzzz+keys")
    assert said not in fetch(client, "/en/search/?q=education")


@pytest.mark.parametrize(
    ("query", "words", "field"),
    [
        ("q=" + "x" * 1001, "longer than 1000 characters", "words"),
        ("q=visit&from=2022-13", "2022-13", "from"),
        ("q=visit&to=yesterday", "yesterday", "to"),
        ("q=visit&from=2022&to=2021", "after the last one", "from"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(client: Client, indexed, query, words, field):
    page = fetch(client, f"/en/search/?{query}", status=400)
    tree = parse(page)
    (described,) = [each for each in tree.iter("input") if each.get("id") == field]
    assert described.get("aria-invalid") == "true"
    (said,) = [
        each
        for each in tree.iter()
        if each.get("id") in described.get("aria-describedby").split() and "problem" in each.get("class")
    ]
    assert words in "".join(said.itertext())
    assert '<ol class="rows' not in page


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(
    "query",
    [
        "type=menu", "type=x", "topic=topic:nothing", "city=busan", "city=%00",
        "sort=-date", "cursor=nonsense", "cursor=%00",
    ],
)  # fmt: skip
def test_what_nothing_links_to_is_a_400_page(client: Client, indexed, query, prefix):
    fetch(client, f"{prefix}/search/?{query}", status=400)


@pytest.mark.parametrize(
    "raw",
    [
        "%00", "%FF", "%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "%0D%0AX: y", "{{7}}", "%F0%9F%98%80",
        "%E5%8F%B0" * 1000,
    ],
)  # fmt: skip
def test_any_text_gets_a_page(client: Client, indexed, raw):
    page = fetch(client, f"/search/?q={raw}")
    assert "<script>alert" not in page


def test_what_records_say_is_escaped(client: Client, db):
    publish(document("visit", "x", title=both("釜山<b>甲</b>", '"><script>alert(1)</script>')))
    bring_up()
    assert "<mark>釜山</mark>&lt;b&gt;" in fetch(client, "/search/?q=釜山")
    assert "<script>alert" not in fetch(client, "/en/search/?q=釜山")


def test_a_page_is_answered_with_304_until_it_changes(client: Client, indexed):
    first = client.get("/search/?q=釜山")
    assert "Last-Modified" not in first
    assert client.get("/search/?q=釜山", headers={"If-None-Match": first["ETag"]}).status_code == 304
    publish(document("visit", "new", title=both("釜山新訪問", "New"), dates=day("2022-05-01")))
    bring_up()
    assert client.get("/search/?q=釜山", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_without_an_engine_the_page_says_when_to_come_back(client: Client, indexed, settings):
    settings.SEARCH_EMBEDDED = False
    for prefix in ("", "/en"):
        response = client.get(f"{prefix}/search/?q=釜山")
        assert (response.status_code, response["Cache-Control"]) == (503, "no-cache")
        assert int(response["Retry-After"]) > 0
        assert faults(response.content.decode(), "en" if prefix else "zh-Hant") == []
        assert 'href="/en/visits/"' in client.get("/en/search/").content.decode()


def test_a_quiet_line_says_that_the_own_index_answers(client: Client, indexed, settings):
    line = "These results come from the portal’s own index."
    response = client.get("/en/search/?q=Busan")
    assert response["X-Search-Engine"] == "embedded"
    assert line not in response.content.decode()
    # Nobody listens on this port.
    settings.ELASTICSEARCH_URLS = ["http://127.0.0.1:9"]
    response = client.get("/en/search/?q=Busan")
    assert response["X-Search-Engine"] == "embedded"
    assert "s-maxage=5," in response["Cache-Control"]
    assert line in response.content.decode()
    assert "127.0.0.1" not in response.content.decode()
