"""What is not a page: moved, withdrawn, redacted, unknown, broken; in the language of the address."""

import pytest
from django.test import Client, RequestFactory

from portal.site import errors
from tests.factories.documents import both, document, publish, redact, withdraw
from tests.validity import faults

LANGUAGES = (("", "zh-Hant"), ("/en", "en"))


@pytest.mark.parametrize(("prefix", "language"), LANGUAGES)
def test_unknown(client: Client, portal, prefix, language):
    for path in (
        "/nothing/",
        "/visits/nothing/",
        "/visits/nothing/versions/",
        "/a.php",
        "/Visits/",
        "/釜山/",
        "/a//b/",
    ):
        response = client.get(prefix + path)
        assert (path, response.status_code) == (path, 404)
        assert faults(response.content.decode(), language) == []
        assert response["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(("prefix", "language"), LANGUAGES)
def test_an_address_without_its_slash_leads_on(client: Client, portal, prefix, language):
    response = client.get(f"{prefix}/visits/mayor?x=1")
    assert (response.status_code, response["Location"]) == (301, f"{prefix}/visits/mayor/?x=1")


@pytest.mark.parametrize(("prefix", "language"), LANGUAGES)
def test_an_old_address_leads_to_the_new_one(client: Client, portal, prefix, language):
    publish(document("page", "about", path="/about-us/"))
    response = client.get(f"{prefix}/about/")
    assert (response.status_code, response["Location"]) == (301, f"{prefix}/about-us/")
    assert client.get(f"{prefix}/about-us/").status_code == 200
    assert client.get(f"{prefix}/about/versions/")["Location"] == f"{prefix}/about-us/versions/"


@pytest.mark.parametrize(("prefix", "language"), LANGUAGES)
def test_withdrawn(client: Client, portal, prefix, language):
    withdraw("visit:mayor", both("改列其他紀錄", "Moved elsewhere"))
    response = client.get(f"{prefix}/visits/mayor/")
    page = response.content.decode()
    assert response.status_code == 410
    assert ("Moved elsewhere" if language == "en" else "改列其他紀錄") in page
    assert "只有中文的標題" not in page
    assert faults(page, language) == []
    for elsewhere in ("/", "/visits/", "/cities/busan/"):
        assert "只有中文的標題" not in client.get(prefix + elsewhere).content.decode()
    versions = client.get(f"{prefix}/visits/mayor/versions/")
    assert versions.status_code == 200
    assert faults(versions.content.decode(), language) == []
    old = client.get(f"{prefix}/visits/mayor/versions/1/")
    assert old.status_code == 200
    assert "只有中文的標題" in old.content.decode()
    assert 'content="noindex"' in old.content.decode()


@pytest.mark.parametrize(("prefix", "language"), LANGUAGES)
def test_redacted(client: Client, portal, prefix, language):
    redact("visit:mayor")
    for path in ("/visits/mayor/", "/visits/mayor/versions/", "/visits/mayor/versions/1/"):
        response = client.get(prefix + path)
        page = response.content.decode()
        assert response.status_code == 451
        assert ("Personal Data Protection Act" if language == "en" else "個人資料保護法") in page
        assert "只有中文的標題" not in page
        assert faults(page, language) == []


def test_old_versions_stay_as_they_were(client: Client, portal):
    publish(
        document("page", "about", path="/about/", title=both("新的標題", "New"), change_note=both("更正", "Corrected"))
    )
    listed = client.get("/en/about/versions/").content.decode()
    assert "Corrected" in listed
    assert 'href="/en/about/versions/1/"' in listed
    assert "新的標題" not in client.get("/about/versions/1/").content.decode()
    assert "新的標題" in client.get("/about/versions/2/").content.decode()
    assert client.get("/about/versions/3/").status_code == 404
    assert client.get("/about/versions/99999999999/").status_code == 404


def test_pages_can_only_be_read(portal):
    client = Client(enforce_csrf_checks=True)
    for method in ("post", "put", "patch", "delete"):
        assert getattr(client, method)("/visits/mayor/").status_code == 405


@pytest.mark.parametrize(
    ("path", "language"), [("/x/", "zh-Hant"), ("/en/x/", "en"), ("/en", "en"), ("/english/", "zh-Hant")]
)
@pytest.mark.parametrize(
    ("view", "status"), [(errors.bad_request, 400), (errors.permission_denied, 403), (errors.page_not_found, 404)]
)
def test_error_views(db, path, language, view, status):
    response = view(RequestFactory().get(path), Exception())
    assert response.status_code == status
    assert faults(response.content.decode(), language) == []


@pytest.mark.parametrize(("path", "language"), [("/x/", "zh-Hant"), ("/en/x/", "en")])
def test_the_page_of_an_internal_error_needs_no_database(path, language):
    response = errors.server_error(RequestFactory().get(path))
    assert response.status_code == 500
    assert faults(response.content.decode(), language) == []


def test_an_internal_error_without_a_theme_still_answers(settings):
    settings.PORTAL_THEME = "no-such-theme"
    response = errors.server_error(RequestFactory().get("/en/x/"))
    assert response.status_code == 500
    assert b"Something went wrong here" in response.content


def test_an_error_in_a_view_shows_its_page(portal, monkeypatch):
    def fail(*arguments, **keywords):
        raise RuntimeError

    monkeypatch.setattr("portal.site.views.render_record", fail)
    response = Client(raise_request_exception=False).get("/en/visits/mayor/")
    assert response.status_code == 500
    assert faults(response.content.decode(), "en") == []
