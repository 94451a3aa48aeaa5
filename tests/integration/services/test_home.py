"""What can be filed, and the way there."""

import pytest
from django.test import Client

from tests.validity import faults, parse

pytestmark = pytest.mark.django_db


def links(client: Client, page: str) -> set[str]:
    """Where the links of a page lead."""
    return {each.get("href") for each in parse(client.get(page).content.decode()).iter("a")}


@pytest.mark.parametrize(("prefix", "language"), [("", "zh-Hant"), ("/en", "en")])
def test_the_way_to_the_form_and_to_tracking(client: Client, prefix, language):
    assert f"{prefix}/services/" in links(client, f"{prefix}/")
    ways = {f"{prefix}/services/{path}/" for path in ("complaints/new", "petitions/new", "track")}
    assert ways <= links(client, f"{prefix}/services/")
    answer = client.get(f"{prefix}/services/")
    assert faults(answer.content.decode(), language) == []
    assert ("fifteen days" if language == "en" else "15日內") in answer.content.decode()
    assert not answer.cookies


def test_it_is_the_same_for_all_and_may_be_kept(client: Client):
    answer = client.get("/services/")
    assert answer["Cache-Control"].startswith("public")
    again = client.get("/services/", HTTP_IF_NONE_MATCH=answer["ETag"])
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", answer["ETag"])


def test_what_is_meant_to_be_found_is_found(client: Client):
    sitemap = client.get("/sitemap.xml").content.decode()
    for path in ("/services/", "/en/services/complaints/new/", "/services/petitions/new/"):
        assert f"{path}</loc>" in sitemap
        assert '<meta name="robots" content="noindex">' not in client.get(path).content.decode()
    assert "/services/track/</loc>" not in sitemap
