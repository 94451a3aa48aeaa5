"""Every page of the site in every theme."""

import pytest
from django.test import Client

from tests.factories.portal import PATHS, in_both
from tests.themes import THEMES, choose
from tests.validity import faults


@pytest.fixture(params=THEMES)
def chosen(request: pytest.FixtureRequest, settings) -> str:
    """A theme, chosen by the setting."""
    choose(settings, request.param)
    return request.param


def test_there_are_a_default_theme_and_another_one():
    assert {"default", "harbour"} <= set(THEMES)


def test_every_page_in_every_theme(client: Client, portal, chosen):
    for address, language in in_both(
        (*PATHS, "/follow/email/", "/follow/email/sent/", "/services/", "/services/complaints/new/", "/services/track/")
    ):
        response = client.get(address)
        assert (address, response.status_code) == (address, 200)
        assert (address, faults(response.content.decode(), language)) == (address, [])


def test_errors_in_every_theme(client: Client, portal, chosen):
    for address in ("/nothing/", "/en/nothing/"):
        response = client.get(address)
        assert response.status_code == 404
        assert not faults(response.content.decode(), "en" if address.startswith("/en/") else "zh-Hant")


def test_the_chosen_theme_is_the_one_that_shows(client: Client, portal, settings):
    plain = client.get("/").content
    choose(settings, "harbour")
    assert b"theme/harbour" in client.get("/").content
    assert b"theme/harbour" not in plain
