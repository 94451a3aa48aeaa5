"""Search and completions through the API: contents, filters, pages, refusals, validators, engines that are away."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.publication.models import Head
from tests.factories.documents import both, day, document, person, publish, withdraw
from tests.factories.searching import bring_up
from tests.integration.api.test_errors import problem

pytestmark = pytest.mark.django_db

SEARCH, SUGGEST = "/api/v1/search/", "/api/v1/suggest/"


@pytest.fixture
def indexed() -> None:
    """A few records, found."""
    publish(
        document("city", "busan", title=both("釜山廣域市", "Busan")),
        document("city", "kumamoto", title=both("熊本市", "Kumamoto")),
        document("menu", "main"),
    )
    publish(
        document(
            "visit",
            "mayor",
            title=both("釜山市長來訪", "The mayor of Busan visits"),
            summary=both("市長談 <教育> & 港務。", "The mayor spoke of <education> & ports."),
            cities=("city:busan",),
            topics=["topic:education"],
            dates=day("2022-03-17"),
            people=[person(name=both("朴亨埈", "Park Heong-joon"))],
        ),
        document(
            "exhibit",
            "keys",
            title=both("熊本城市市鑰", "Keys of Kumamoto"),
            cities=("city:kumamoto",),
            topics=["topic:culture"],
            dates=day("2021-05-01"),
        ),
        document("visit", "undated", title=both("無日期的教育來訪", None)),
        document("alert", "gone", title=both("釜山海苔警訊", "Busan seaweed")),
    )
    withdraw("alert:gone")
    bring_up()


def found(client: Client, **parameters: object) -> list[str]:
    response = client.get(SEARCH, parameters)
    assert response.status_code == 200, response.content
    return [each["uid"] for each in response.json()["results"]]


def test_a_result_has_what_a_page_shows_of_it(client: Client, indexed):
    response = client.get(SEARCH, {"q": "釜山市長", "lang": "en"})
    answer = response.json()
    first = answer["results"][0]
    assert (first["uid"], first["type"], first["url"]) == ("visit:mayor", "visit", "/en/visits/mayor/")
    assert first["date"] == {"start": "2022-03-17", "end": "2022-03-17", "ongoing": False, "precision": "day"}
    assert first["score"] > 0
    assert answer["engine"] == response["X-Search-Engine"] == "embedded"
    assert "X-Search-Engine" in response["Access-Control-Expose-Headers"]


def test_words_are_marked_and_everything_else_is_escaped(client: Client, indexed):
    chinese = client.get(SEARCH, {"q": "教育 港務"}).json()["results"][0]
    assert "&lt;<mark>教育</mark>&gt; &amp;" in chinese["snippet"]
    assert chinese["highlights"]["text"] == chinese["snippet"]
    english = client.get(SEARCH, {"q": "MAYORS", "lang": "en"}).json()["results"][0]
    assert english["title"] == "The <mark>mayor</mark> of Busan visits"
    assert english["highlights"]["title"] == english["title"]


def test_either_language_finds_the_same_records(client: Client, indexed):
    assert found(client, q="熊本市", lang="en")[0] == found(client, q="Kumamoto")[0] == "city:kumamoto"
    assert set(found(client, q="熊本")) == set(found(client, q="Kumamoto")) == {"city:kumamoto", "exhibit:keys"}


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"type": "visit"}, {"visit:mayor", "visit:undated"}),
        ({"city": "city:busan"}, {"visit:mayor", "city:busan"}),
        ({"city": "city:atlantis"}, set()),
        ({"topic": "topic:culture"}, {"exhibit:keys"}),
        ({"from": "2022"}, {"visit:mayor"}),
        ({"to": "110年"}, {"exhibit:keys"}),
        ({"from": "110-05-01", "to": "2021-05-01"}, {"exhibit:keys"}),
        ({"q": "-來訪", "type": "visit"}, set()),
    ],
)
def test_filters(client: Client, indexed, parameters, expected):
    assert set(found(client, **parameters)) == expected


def test_without_words_everything_newest_first(client: Client, indexed):
    listed = found(client)
    assert listed[:2] == ["visit:mayor", "exhibit:keys"]
    assert set(listed[2:]) == {"city:busan", "city:kumamoto", "visit:undated"}
    assert found(client, sort="oldest")[:2] == ["exhibit:keys", "visit:mayor"]
    assert client.get(SEARCH).json()["results"][0]["score"] is None


def test_facets_count_under_all_filters_but_their_own(client: Client, indexed):
    facets = client.get(SEARCH, {"type": "visit", "lang": "en"}).json()["facets"]
    assert list(facets) == ["type", "topic", "city", "year"]
    types = {each["value"]: (each["label"], each["count"]) for each in facets["type"]}
    assert types == {"visit": ("Visits", 2), "city": ("Cities", 2), "exhibit": ("Exhibits", 1)}
    assert facets["city"] == [{"value": "city:busan", "label": "Busan", "count": 1}]
    assert facets["year"] == [{"value": "2022", "label": "2022", "count": 1}]
    chinese = client.get(SEARCH, {"from": "2022", "to": "2022"}).json()["facets"]
    assert {each["label"] for each in chinese["year"]} == {"111年", "110年"}
    assert [each["label"] for each in chinese["city"]] == ["釜山廣域市"]
    assert chinese["topic"][0]["value"] == "topic:education"


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_cursors_lead_to_the_end_and_back(client: Client, sort):
    publish(
        *(document("visit", f"v{n}", title=both("同一個標題", "One title"), dates=day("2022-03-01")) for n in range(7))
    )
    bring_up()
    whole = found(client, q="標題", sort=sort)
    assert len(set(whole)) == 7
    pages, address, previous = [], f"{SEARCH}?q=標題&sort={sort}&limit=3", []
    while address:
        answer = client.get(address).json()
        assert answer["count"] == 7
        pages.append([each["uid"] for each in answer["results"]])
        previous.append(answer["previous"])
        address = answer["next"]
    assert [uid for page in pages for uid in page] == whole
    assert previous[0] is None
    back = client.get(previous[-1]).json()
    assert [each["uid"] for each in back["results"]] == pages[-2]


def test_queries_are_as_many_however_long_the_page(client: Client):
    publish(*(document("visit", f"v{n}", cities=("city:busan",), dates=day("2022-03-01")) for n in range(40)))
    bring_up()

    def queries(limit: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert len(found(client, q="標題", limit=limit)) == limit
        return len(captured)

    # What is known of the words, the entries, what cities are called; a process keeps the latter two.
    assert queries(2) == 3
    assert queries(40) == 2
    assert queries(40) == 1


def test_little_found_is_loosened_and_said(client: Client, indexed):
    answer = client.get(SEARCH, {"q": "釜山市長 不存在的詞彙"}).json()
    assert answer["relaxed"] is True
    assert answer["results"][0]["uid"] == "visit:mayor"
    assert client.get(SEARCH, {"q": "來訪", "type": "visit"}).json()["relaxed"] is False


def test_a_better_spelling_is_offered(client: Client, indexed):
    assert client.get(SEARCH, {"q": "Kumamotto", "lang": "en"}).json()["suggestion"] == "kumamoto"
    assert client.get(SEARCH, {"q": "Kumamoto"}).json()["suggestion"] is None


def test_what_is_withdrawn_is_not_found(client: Client, indexed):
    assert "alert:gone" not in found(client, q="釜山海苔警訊")
    assert client.get(SUGGEST, {"q": "釜山海苔"}).json()["results"] == []


@pytest.mark.parametrize(
    ("parameters", "name"),
    [
        ({"q": "x" * 1001}, "q"),
        ({"q": "字" * 1001}, "q"),
        ({"limit": "101"}, "limit"),
        ({"limit": "0"}, "limit"),
        ({"sort": "-date"}, "sort"),
        ({"sort": ""}, "sort"),
        ({"lang": "fr"}, "lang"),
        ({"type": "menu"}, "type"),
        ({"type": "banner"}, "type"),
        ({"topic": "topic:nothing"}, "topic"),
        ({"city": "busan"}, "city"),
        ({"from": "2022-13"}, "from"),
        ({"to": "\x00"}, "to"),
        ({"from": "2022-02", "to": "2022-01"}, "from"),
        *(({"cursor": value}, "cursor") for value in ("", "x", "é", "bnVsbA", "//8", "A" * 3000, "\x00")),
    ],
)
def test_bad_values(client: Client, indexed, parameters, name):
    body = problem(client.get(SEARCH, parameters), 400, "invalid-parameter", parameter=name)
    assert body["allowed"]


def test_a_cursor_belongs_to_its_order(client: Client, indexed):
    cursor = re.search(r"cursor=([\w-]+)", client.get(SEARCH, {"limit": 1, "sort": "newest"}).json()["next"])[1]
    assert client.get(SEARCH, {"cursor": cursor, "limit": 1, "sort": "newest"}).status_code == 200
    problem(client.get(SEARCH, {"cursor": cursor, "sort": "oldest"}), 400, "invalid-parameter", parameter="cursor")


def test_other_parameters_are_unknown(client: Client, indexed):
    body = problem(client.get(f"{SEARCH}?page=2"), 400, "unknown-parameter", parameter="page")
    assert {"q", "from", "cursor"} <= set(body["allowed"])
    problem(client.get(f"{SUGGEST}?type=city"), 400, "unknown-parameter", parameter="type")
    problem(client.get(SUGGEST, {"q": "x" * 1001}), 400, "invalid-parameter", parameter="q")
    problem(client.get(f"{SUGGEST}?limit=21"), 400, "invalid-parameter", parameter="limit")


@pytest.mark.parametrize(
    "raw",
    [
        "%00", "a%00b", "%FF%FE", "%ED%A0%80", "%F4%90%80%80", "%0D%0A", "-", "--", "%22", "%22%22", "-%22", "*", "(((",
        "a AND", "OR", "NOT", "title:*", "%5C", "[a TO b]", "%7E~2", "%E2%80%8B", "%F0%9F%98%80", "-%E5%8F%B0",
        "%CC%81%CC%81", "9" * 1000, "%E5%8F%B0" * 1000, "a%20" * 500, "%22" * 1000, "-a%20" * 300, "%EF%B7%BA" * 1000,
    ],
)  # fmt: skip
@pytest.mark.parametrize("address", [SEARCH, SUGGEST])
def test_any_text_gets_an_answer(client: Client, indexed, address, raw):
    response = client.get(f"{address}?q={raw}")
    assert response.status_code == 200, response.content


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(typed=st.text(max_size=60) | st.text(alphabet="釜山市長教育-\" '“”111年/3.%", max_size=30))
def test_whatever_is_typed_gets_an_answer(client: Client, indexed, typed):
    for address in (SEARCH, SUGGEST):
        assert client.get(address, {"q": typed.encode("utf-8", "replace")}).status_code == 200


@pytest.mark.parametrize("address", [f"{SEARCH}?q=釜山", f"{SEARCH}?q=釜山&lang=en&limit=1", f"{SUGGEST}?q=釜"])
def test_conditional_requests(client: Client, indexed, address):
    response = client.get(address)
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=30, must-revalidate"
    assert "Last-Modified" not in response
    again = client.get(address, headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", response["ETag"])
    assert again.get("X-Search-Engine") == response.get("X-Search-Engine")
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.get(address, headers={"If-Match": '"other"'}).status_code == 412
    assert client.head(address)["ETag"] == response["ETag"]


def test_an_answer_from_before_the_index_caught_up_is_not_kept_valid(client: Client, indexed):
    publish(document("visit", "late", title=both("釜山市議會來訪", "Busan council visits")))
    head = Head.objects.get()
    early = client.get(SEARCH, {"q": "釜山市議會"})
    bring_up()
    assert Head.objects.get().stamp == head.stamp
    late = client.get(SEARCH, {"q": "釜山市議會"}, headers={"If-None-Match": early["ETag"]})
    assert late.status_code == 200
    assert late.json()["results"][0]["uid"] == "visit:late"


@pytest.mark.parametrize("language", ["zh-Hant", "en"])
def test_without_an_engine_it_is_a_503_that_says_when_to_come_back(client: Client, settings, language):
    settings.SEARCH_EMBEDDED = False
    response = client.get(SEARCH, {"q": "釜山", "lang": language})
    body = problem(response, 503, "unavailable")
    assert int(response["Retry-After"]) > 0
    assert "X-Search-Engine" not in response
    assert "Traceback" not in str(body) and "127.0.0.1" not in str(body)
    assert client.get(SUGGEST, {"q": "釜"}).status_code == 200


def test_while_elasticsearch_is_away_the_own_index_answers_and_says_so(client: Client, indexed, settings):
    # Nobody listens on this port.
    settings.ELASTICSEARCH_URLS = ["http://127.0.0.1:9"]
    response = client.get(SEARCH, {"q": "釜山市長"})
    assert response.status_code == 200
    assert response["X-Search-Engine"] == response.json()["engine"] == "embedded"
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=5, must-revalidate"
    assert response.json()["results"][0]["uid"] == "visit:mayor"
    assert b"127.0.0.1" not in response.content


@pytest.mark.parametrize(
    ("typed", "language", "text", "kind"),
    [
        ("釜", "zh-Hant", "釜山廣域市", "place"),
        ("熊本城", "zh-Hant", "熊本城市市鑰", "title"),
        ("kuma", "en", "Kumamoto", "place"),
        ("park", "en", "Park Heong-joon", "person"),
        ("朴", "zh-Hant", "朴亨埈", "person"),
        ("mayor", "en", "The mayor of Busan visits", "title"),
        ("  KEYS ", "en", "Keys of Kumamoto", "title"),
    ],
)
def test_completions(client: Client, indexed, typed, language, text, kind):
    answer = client.get(SUGGEST, {"q": typed, "lang": language}).json()
    assert answer["count"] == len(answer["results"])
    assert (text, kind) in {(each["text"], each["kind"]) for each in answer["results"]}


def test_a_completion_that_is_a_title_leads_to_its_record(client: Client, indexed):
    (first, *_rest) = client.get(SUGGEST, {"q": "keys", "lang": "en"}).json()["results"]
    assert (first["uid"], first["url"]) == ("exhibit:keys", "/en/exhibits/keys/")
    (person_named, *_rest) = client.get(SUGGEST, {"q": "park", "lang": "en"}).json()["results"]
    assert (person_named["uid"], person_named["url"]) == (None, None)


def test_completions_are_as_many_as_asked_for(client: Client, indexed):
    assert len(client.get(SUGGEST, {"q": "k", "lang": "en", "limit": 1}).json()["results"]) == 1
    assert client.get(SUGGEST).json() == {"count": 0, "next": None, "previous": None, "results": []}
