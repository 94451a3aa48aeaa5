"""Who asks for an address that is none is shown those that are like it, in the language of the address."""

import pytest
from django.test import Client

from portal.site import near as module
from tests.factories.documents import both, document, publish, redact, withdraw
from tests.validity import faults, parse

LANGUAGES = (("", "zh-Hant"), ("/en", "en"))


@pytest.fixture
def records(portal) -> None:
    """Some records with names of their own."""
    publish(
        document("visit", "kumamoto-mayor-2022", title=both("熊本市長率團來訪", "The Mayor of Kumamoto visits")),
        document("agreement", "kumamoto", title=both("熊本市友好交流協定", "Agreement with Kumamoto")),
        document("exhibit", "harbour-lights", title=both("港都之光", "Harbour lights")),
    )


def suggested(client: Client, path: str, language: str) -> list[str]:
    """The addresses that the page of an unknown address names."""
    response = client.get(path)
    assert response.status_code == 404
    page = response.content.decode()
    assert faults(page, language) == []
    lists = (each for each in parse(page).iter("ul") if "near" in (each.get("class") or "").split())
    return [each.get("href") for found in lists for each in found.iter("a")]


@pytest.mark.parametrize(("prefix", "language"), LANGUAGES)
@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("/visits/kumamoto-mayor-202/", "/visits/kumamoto-mayor-2022/"),
        ("/visits/mayor-kumamoto/", "/visits/kumamoto-mayor-2022/"),
        ("/agreement/kumamoto/", "/agreements/kumamoto/"),
        ("/agreements/kumamotto/", "/agreements/kumamoto/"),
        ("/Exhibits/Harbour_Lights.html", "/exhibits/harbour-lights/"),
        ("/exhibits/harbour-lights/pictures/", None),
        ("/visit/", "/visits/"),
        ("/exhibitions/", "/exhibits/"),
        ("/熊本市長/", "/visits/kumamoto-mayor-2022/"),
        ("/visits/港都之光/", "/exhibits/harbour-lights/"),
        ("/wp-login.php", None),
        ("/zzzz/", None),
    ],
)
def test_near_addresses(client: Client, records, prefix, language, asked, first):
    found = suggested(client, prefix + asked, language)
    assert found[:1] == ([prefix + first] if first else [])
    assert len(found) <= 5


def test_former_addresses_are_near_too(client: Client, records):
    publish(document("exhibit", "harbour-lights", path="/exhibits/light-festival/"))
    assert suggested(client, "/exhibits/harbor-lights/", "zh-Hant")[0] == "/exhibits/light-festival/"


def test_what_is_not_public_is_not_named(client: Client, records):
    withdraw("agreement:kumamoto")
    redact("visit:kumamoto-mayor-2022")
    for asked in ("/agreements/kumamotto/", "/熊本市長/", "/visits/kumamoto-mayor-202/"):
        found = suggested(client, asked, "zh-Hant")
        assert not any("kumamoto" in each for each in found)


def test_names_are_read_once_per_state_of_the_log(client: Client, records, django_assert_num_queries):
    suggested(client, "/visits/nothing-at-all/", "zh-Hant")
    # The head for the page, for its frame, and for the names; whether there is a record; whether there was one.
    with django_assert_num_queries(5):
        client.get("/visits/nothing-at-all/")
    publish(document("exhibit", "something-new", title=both("新的展覽", "Something new")))
    assert suggested(client, "/exhibits/something-nev/", "zh-Hant")[0] == "/exhibits/something-new/"


def test_the_order_is_the_same_each_time(client: Client, records):
    first = suggested(client, "/kumamoto/", "zh-Hant")
    module._known = None
    assert suggested(client, "/kumamoto/", "zh-Hant") == first
    assert len(first) > 1
