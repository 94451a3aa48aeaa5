"""What pages tell search engines (JSON-LD) and those who share them (Open Graph)."""

import json

import pytest
from django.test import Client

from portal.publication.types import TYPES
from tests.factories.documents import both, day, document, proof, publish
from tests.factories.portal import PATHS, in_both
from tests.validity import parse

RECORDS = tuple(path for path in PATHS if path.count("/") > 2 and "versions" not in path)


def nodes(client: Client, address: str) -> dict[str, dict]:
    """The nodes of a page, by type."""
    tree = parse(client.get(address).content.decode())
    found: list[dict] = []
    for script in tree.iter("script"):
        if script.get("type") == "application/ld+json":
            written = json.loads(script.text)
            assert written["@context"].rstrip("/") == "https://schema.org"
            found += written.get("@graph", [written])
    return {each["@type"]: each for each in found}


def properties(client: Client, address: str) -> dict[str, str]:
    """What the head says to those who share the page."""
    tree = parse(client.get(address).content.decode())
    named = [(each.get("property") or each.get("name"), each.get("content")) for each in tree.iter("meta")]
    return {name: content for name, content in named if name and name.startswith(("og:", "twitter:"))}


@pytest.mark.parametrize(("address", "language"), in_both(RECORDS))
def test_every_record_is_a_page_about_a_thing(client: Client, portal, settings, address, language):
    found = nodes(client, address)
    page = found["WebPage"]
    assert page["@id"] == page["url"] == settings.BASE_URL + address
    assert page["inLanguage"] == language
    assert page["version"] == "1"
    kind = TYPES[page["identifier"].partition(":")[0]]
    assert address.removeprefix("/en").startswith(f"/{kind.plural}/")
    thing = found[kind.schema_org]
    assert page["mainEntity"]["@id"] == thing["@id"]
    assert thing["identifier"] == page["identifier"]
    assert thing["name"] == page["name"]
    assert page["breadcrumb"]["@id"] == found["BreadcrumbList"]["@id"]
    steps = found["BreadcrumbList"]["itemListElement"]
    assert [each["position"] for each in steps] == [1, 2, 3]
    for step in steps:
        assert client.get(step["item"].removeprefix(settings.BASE_URL)).status_code == 200
    assert steps[-1]["item"] == settings.BASE_URL + address


def test_a_plain_page_is_about_nothing_else(client: Client, portal):
    found = nodes(client, "/en/about/")
    assert set(found) == {"WebPage", "BreadcrumbList"}
    assert "mainEntity" not in found["WebPage"]
    assert len(found["BreadcrumbList"]["itemListElement"]) == 2


def test_the_home_page_says_whose_site_it_is(client: Client, portal, settings):
    found = nodes(client, "/en/")
    assert found["WebSite"]["name"] == "The Public Record"
    assert found["WebSite"]["publisher"]["@id"] == found["GovernmentOrganization"]["@id"]
    target = found["WebSite"]["potentialAction"]["target"]["urlTemplate"]
    assert target == f"{settings.BASE_URL}/en/search/?q={{search_term_string}}"


def test_sources_are_what_a_page_is_based_on(client: Client, db):
    sources = [proof("dates"), proof("title"), proof("people/0") | {"section": "壹、二"}]
    publish(document("announcement", "a", source=sources), document("visit", "b", source=sources))
    found = nodes(client, "/announcements/a/")
    for each in (found["WebPage"], found["NewsArticle"], nodes(client, "/visits/b/")["WebPage"]):
        assert [report["@id"] for report in each["isBasedOn"]] == [found["Report"]["@id"]]
        assert len(each["citation"]) == 2
        assert each["citation"][1]["name"].startswith("壹、二")
    # Of an event schema.org knows no source: its page has it.
    assert "isBasedOn" not in nodes(client, "/visits/b/")["Event"]


@pytest.mark.parametrize(
    ("dates", "written"),
    [
        (day("2022-06-09") | {"end": "2022-06-10"}, ("2022-06-09", "2022-06-10")),
        ({"start": "2022-05-01", "end": None, "ongoing": True, "precision": "month"}, ("2022-05", None)),
        ({"start": "2022-01-01", "end": "2022-12-31", "ongoing": False, "precision": "year"}, ("2022", "2022")),
        ({"start": "2022-02-01", "end": "2022-06-30", "ongoing": False, "precision": "period"}, (None, None)),
    ],
)
def test_no_date_is_more_exact_than_the_record(client: Client, db, dates, written):
    publish(document("exhibit", "a", dates=dates))
    event = nodes(client, "/exhibits/a/")["ExhibitionEvent"]
    assert (event.get("startDate"), event.get("endDate")) == written


def test_a_warning_expires_on_its_last_day_or_when_it_is_withdrawn(client: Client, db):
    until = day("2022-06-01") | {"end": "2022-06-30"}
    publish(
        document("alert", "ends", dates=until),
        document("alert", "ended", dates=until, withdrawn="2022-06-08"),
        document("alert", "tells", dates=until, kind="inspection"),
    )
    found = [nodes(client, f"/alerts/{slug}/")["SpecialAnnouncement"] for slug in ("ends", "ended", "tells")]
    assert [each.get("expires") for each in found] == ["2022-06-30", "2022-06-08", None]


def test_words_cannot_end_the_script(client: Client, db):
    publish(document("visit", "a", title=both("</script><script>alert(1)</script>", None)))
    assert nodes(client, "/visits/a/")["Event"]["name"] == "</script><script>alert(1)</script>"


def test_a_page_says_how_it_is_shared(client: Client, portal, settings):
    assert properties(client, "/en/exhibits/keys/") == {
        "og:type": "article",
        "og:site_name": "The Public Record",
        "og:title": "Keys",
        "og:description": "Keys to the city.",
        "og:url": f"{settings.BASE_URL}/en/exhibits/keys/",
        "og:locale": "en_GB",
        "og:locale:alternate": "zh_TW",
        "og:image": f"{settings.BASE_URL}/en/exhibits/keys/share.png",
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "Keys",
        "twitter:card": "summary_large_image",
    }
    home = properties(client, "/")
    assert (home["og:type"], home["og:title"], home["og:locale"]) == ("website", "公開紀錄", "zh_TW")


@pytest.mark.parametrize(("address", "language"), in_both())
def test_the_picture_of_every_page_is_there(client: Client, portal, settings, address, language):
    found = properties(client, address)
    if "versions" in address:
        assert found == {}
        return
    response = client.get(found["og:image"].removeprefix(settings.BASE_URL))
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")


def test_what_is_not_to_be_found_is_not_shared(client: Client, portal):
    for address in ("/visits/mayor/versions/1/", "/search/?q=a", "/visits/?year=2022", "/nothing/"):
        assert properties(client, address) == {}
        assert nodes(client, address).keys() <= {"BreadcrumbList"}
