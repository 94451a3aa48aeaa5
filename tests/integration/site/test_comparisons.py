"""Two versions beside each other: chosen by a form, at an address of their own, refused where one was taken out."""

import pytest
from django.test import Client

from tests.factories import datasets
from tests.factories.documents import both, document, publish, redact, text_block, withdraw
from tests.factories.portal import every_block
from tests.validity import faults, parse

LANGUAGES = (("", "zh-Hant"), ("/en", "en"))


def about(title: str, english: str, **members) -> dict:
    """A version of the page about the department."""
    return document("page", "about", path="/about/", title=both(title, english), **members)


@pytest.fixture
def versions(portal) -> str:
    """A page with three versions; its path."""
    publish(about("關於本處", "About us", change_note=both("補題名", "Title added")))
    publish(about("關於我們", "About us", body=[text_block("<p>新的一段</p>", "<p>A new part</p>")]))
    return "/about/"


def text_of(page: str, tag: str) -> list[str]:
    """The words of every element of a kind within the main part of a page."""
    return ["".join(each.itertext()) for each in parse(page).find(".//main").iter(tag)]


@pytest.mark.parametrize(("prefix", "language"), LANGUAGES)
def test_the_form_leads_to_an_address_of_its_own(client: Client, versions, prefix, language):
    page = client.get(f"{prefix}{versions}versions/").content.decode()
    assert faults(page, language) == []
    (form,) = (each for each in parse(page).iter("form") if each.get("class") == "compare")
    chosen = [each.get("value") for each in form.iter("option") if each.get("selected") is not None]
    assert (form.get("action"), chosen) == (f"{prefix}{versions}versions/compare/", ["2", "3"])
    for query, where in (("", "2/3"), ("?from=1&to=3", "1/3"), ("?from=3&to=1", "1/3"), ("?to=2&from=1&utm=x", "1/2")):
        response = client.get(f"{prefix}{versions}versions/compare/{query}")
        assert (response.status_code, response["Location"]) == (302, f"{prefix}{versions}versions/{where}/")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("from=9&to=1", "Earlier version"),
        ("from=1", "Later version"),
        ("from=1&to=0", "Later version"),
        ("from=1&to=%00", "Later version"),
        ("from=-1&to=2", "Earlier version"),
        ("from=%E4%B8%80&to=2", "Earlier version"),
        ("from=99999999999999999999&to=2", "Earlier version"),
        ("from=2&to=2", "two different versions"),
    ],
)
def test_what_cannot_be_compared_is_said_at_the_form(client: Client, versions, query, field):
    response = client.get(f"/en{versions}versions/compare/?{query}")
    page = response.content.decode()
    assert response.status_code == 400
    assert faults(page, "en") == []
    assert any(field in words for words in text_of(page, "p"))
    assert response["Cache-Control"] == "no-cache"
    assert client.get(f"{versions}versions/compare/?{query}").status_code == 400


@pytest.mark.parametrize(("prefix", "language"), LANGUAGES)
def test_what_changed_is_marked(client: Client, versions, prefix, language):
    response = client.get(f"{prefix}{versions}versions/1/3/")
    page = response.content.decode()
    assert response.status_code == 200
    assert faults(page, language) == []
    assert 'content="noindex"' in page
    removed, added = text_of(page, "del"), text_of(page, "ins")
    assert any("關於" not in each and "標題" in each for each in removed)
    assert any(("A new part" if language == "en" else "新的一段") in each for each in added)
    # Who cannot see the marks hears them.
    assert all(each.startswith("[") or len(each) < 10 for each in removed + added)
    assert ("Title added" if language == "en" else "補題名") in page


def test_a_comparison_is_kept_and_told_from_others(client: Client, versions, django_assert_num_queries):
    first = client.get(f"{versions}versions/1/3/")
    assert client.get(f"{versions}versions/1/2/").content != first.content
    with django_assert_num_queries(1):
        again = client.get(f"{versions}versions/1/3/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304


def test_addresses_lead_to_the_one_that_is_meant(client: Client, versions):
    for there, location in (("3/1", "1/3"), ("2/2", "2")):
        response = client.get(f"/en{versions}versions/{there}/")
        assert (response.status_code, response["Location"]) == (301, f"/en{versions}versions/{location}/")
    publish(document("page", "about", path="/about-us/"))
    assert client.get("/about/versions/1/3/")["Location"] == "/about-us/versions/1/3/"
    for there in ("1/9", "99999999/999999999"):
        assert client.get(f"/about-us/versions/{there}/").status_code == 404
    assert client.get("/nothing/versions/1/2/").status_code == 404
    assert client.get("/nothing/versions/compare/").status_code == 404


def test_a_single_version_has_nothing_beside_it(client: Client, portal):
    page = client.get("/en/visits/mayor/versions/").content.decode()
    assert 'class="compare"' not in page
    response = client.get("/en/visits/mayor/versions/compare/")
    assert response.status_code == 400
    assert faults(response.content.decode(), "en") == []


@pytest.mark.parametrize(("prefix", "language"), LANGUAGES)
def test_redacted_versions_are_not_compared(client: Client, versions, prefix, language):
    redact("page:about", 1)
    response = client.get(f"{prefix}{versions}versions/1/3/")
    page = response.content.decode()
    assert response.status_code == 451
    assert ("Personal Data Protection Act" if language == "en" else "個人資料保護法") in page
    assert faults(page, language) == []
    assert client.get(f"{prefix}{versions}versions/2/3/").status_code == 200
    assert client.get(f"{prefix}{versions}versions/compare/?from=1&to=3")["Location"].endswith("/1/3/")
    listed = client.get(f"{prefix}{versions}versions/").content.decode()
    assert '<option value="1"' not in listed


@pytest.mark.parametrize(("prefix", "language"), LANGUAGES)
def test_versions_of_a_withdrawn_record_are_compared_and_marked(client: Client, versions, prefix, language):
    withdraw("page:about", both("改列他頁", "Moved elsewhere"))
    page = client.get(f"{prefix}{versions}versions/1/3/").content.decode()
    assert faults(page, language) == []
    assert ("This record was withdrawn" if language == "en" else "已撤回") in page
    assert client.get(f"{prefix}{versions}versions/3/4/").status_code == 404


def test_the_titles_of_records_that_are_not_public_are_not_told(client: Client, portal):
    publish(document("visit", "mayor", cities=()), document("city", "kumamoto", title=both("熊本市", "Kumamoto")))
    publish(document("visit", "mayor", cities=("city:kumamoto",)))
    assert "Kumamoto" in client.get("/en/visits/mayor/versions/2/3/").content.decode()
    redact("city:kumamoto")
    page = client.get("/en/visits/mayor/versions/2/3/").content.decode()
    assert "Kumamoto" not in page
    assert "city:kumamoto" in page


@pytest.mark.parametrize(("prefix", "language"), LANGUAGES)
def test_changed_figures_of_a_dataset(client: Client, db, prefix, language):
    lines = datasets._LINES
    publish(datasets.dataset(lines=lines))
    lines = lines.replace("workers,5498,normal", "workers,5489,revised").replace(
        "2022-05,rate,temporary,,missing,,\n", ""
    )
    publish(datasets.dataset(lines=lines + "2022-06,headcount,workers,5500,normal,,\n"))
    page = client.get(f"{prefix}/datasets/headcount/versions/1/2/").content.decode()
    assert faults(page, language) == []
    table = "".join(parse(page).find(".//main//table").itertext())
    for figure in ("5,498", "5,489", "5,500", "Revised" if language == "en" else "修正"):
        assert figure in table
    assert "/api/v1/datasets/dataset:headcount/diff/?from_version=1&amp;to_version=2" in page
    address = "/api/v1/datasets/dataset:headcount/diff/?from_version=1&to_version=2"
    assert client.get(address).json()["counts"] == {"added": 1, "removed": 1, "changed": 1}


def test_a_record_leads_to_what_changed_last(client: Client, versions):
    page = client.get("/en/about/").content.decode()
    assert "/compare/" not in page, "plain pages do not tell of their versions"
    publish(document("visit", "mayor", body=every_block("a" * 64)[:1]))
    page = client.get("/en/visits/mayor/").content.decode()
    assert 'href="/en/visits/mayor/versions/compare/"' in page
    assert client.get("/en/visits/mayor/versions/compare/")["Location"] == "/en/visits/mayor/versions/1/2/"


def test_hostile_texts_are_compared_in_bounded_work_and_escaped(client: Client, db):
    publish(document("visit", "x", body=[text_block(f"<p>{'的' * 60_000}</p>")], title=both("<b>甲</b>", None)))
    publish(document("visit", "x", body=[text_block(f"<p>{'的了' * 30_000}</p>")], title=both("<i>乙</i>", None)))
    page = client.get("/visits/x/versions/1/2/").content.decode()
    assert "<b>甲" not in page
    assert "<i>乙" not in page
    assert faults(page, "zh-Hant") == []
