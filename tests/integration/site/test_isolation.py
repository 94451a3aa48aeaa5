"""What every public response tells browsers, and that none gives a reader a cookie."""

import io

import pytest
from django.test import Client

from portal.publication import files
from portal.publication.models import FileUse, LogRow
from tests.addresses import public_addresses
from tests.factories.documents import publish, redact, withdraw
from tests.factories.portal import dataset

_SAID = {
    "X-Content-Type-Options": {"nosniff"},
    "X-Frame-Options": {"DENY"},
    # Where a secret is typed nobody is told at all where a reader comes from.
    "Referrer-Policy": {"same-origin", "no-referrer"},
    "Cross-Origin-Opener-Policy": {"same-origin"},
    "Cross-Origin-Resource-Policy": {"same-origin", "cross-origin"},
}
#: What is not a page of the portal's own: files, errors of all kinds, what is sent on.
_BESIDES = (
    "/static/theme/page.css",
    "/static/theme/mark.svg",
    "/static/theme/nothing.css",
    "/nothing/",
    "/en/nothing",
    "/visits/mayor",
    "/visits/?year=x",
    "/api/v1/nothing/",
    "/api/v1/visits/?nothing=1",
    "/media/nothing",
    "/activities/masks/",
    "/alerts/one/",
)


def policy(response) -> dict[str, list[str]]:
    """The Content-Security-Policy as directive → sources."""
    parts = (part.split() for part in response["Content-Security-Policy"].split(";"))
    return {name: sources for name, *sources in parts}


def faults(response) -> list[str]:
    """What a response does not say, or should not."""
    said = policy(response)
    found = [name for name, values in _SAID.items() if response.get(name) not in values]
    found += [f"no {name}" for name in ("camera", "geolocation") if f"{name}=()" not in response["Permissions-Policy"]]
    if said["default-src"] != ["'none'"] or said["frame-ancestors"] != ["'none'"]:
        found.append(f"policy {said}")
    found += [
        f"{name} {source}" for name, sources in said.items() for source in sources if source.startswith("'unsafe")
    ]
    if response.cookies or "cookie" in response.get("Vary", "").lower():
        found.append("a cookie")
    return found


@pytest.fixture
def everything(portal) -> list[str]:
    """Addresses of responses of every kind: something is withdrawn, something redacted, a dataset has two versions."""
    publish(dataset() | {"notes": []})
    withdraw("activity:masks")
    redact("alert:one")
    return [*public_addresses(), *_BESIDES, f"/media/{portal}/original.png", f"/media/{portal}/8.avif"]


def test_every_response_says_what_browsers_must_keep_from_it(everything):
    client = Client(raise_request_exception=False)
    # A reader who is an editor, too, or was given a cookie by another program of the host.
    client.cookies.load({"sessionid": "x" * 32, "csrftoken": "y" * 32, "other": "z"})
    wrong, statuses = {}, set()
    for address in everything:
        for method in ("get", "head", "post", "put", "delete", "options", "trace"):
            response = getattr(client, method)(address)
            statuses.add(response.status_code)
            # What is being made, and a search without an index, are away for a moment.
            if (found := faults(response)) or response.status_code in (500, 502, 504):
                wrong[method, address] = [response.status_code, *found]
    assert wrong == {}
    assert {200, 301, 302, 400, 404, 405, 410, 451} <= statuses


def test_a_response_without_a_body_says_so_too(portal):
    client = Client()
    for address in ("/visits/mayor/", "/visits/feed.atom", f"/media/{portal}/original.png", "/api/v1/visits/"):
        etag = client.get(address)["ETag"]
        response = client.get(address, headers={"if-none-match": etag})
        assert (address, response.status_code, faults(response)) == (address, 304, [])
        assert policy(response) == policy(client.get(address))


def test_an_internal_error_says_so_too(portal, monkeypatch):
    monkeypatch.setattr("portal.site.views.render_record", lambda *_arguments, **_keywords: 1 / 0)
    response = Client(raise_request_exception=False).get("/en/visits/mayor/")
    assert (response.status_code, faults(response)) == (500, [])


def test_under_https_browsers_are_told_to_stay_there(db, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    client = Client()
    plain = client.get("/en/?x=1")
    assert (plain.status_code, plain["Location"]) == (301, "https://testserver/en/?x=1")
    assert faults(plain) == []
    response = client.get("/en/", secure=True)
    assert response["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert client.get("/en/nothing/", secure=True)["Strict-Transport-Security"]


@pytest.mark.parametrize(
    ("name", "media_type", "content"),
    [
        ("original.svg", "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("original.html", "text/html", b"<script>alert(1)</script>"),
        ("original.xml", "application/xml", b"<a/>"),
        ("original.pdf", "application/pdf", b"%PDF-1.7"),
    ],
)
def test_uploads_that_could_run_are_saved_and_not_shown(client: Client, portal, name, media_type, content):
    sha256 = files.expose(io.BytesIO(content), media_type=media_type)
    stored = FileUse.objects.create(file_id=sha256, row=LogRow.objects.first()).file.name.rpartition("/")[2]
    response = client.get(f"/media/{sha256}/{stored}")
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    said = policy(response)
    assert said["sandbox"] == []
    assert said["default-src"] == ["'none'"]
    assert "script-src" not in said


def test_editors_may_frame_their_previews_and_nobody_else(client: Client, db):
    response = client.get("/admin/login/")
    assert policy(response)["frame-ancestors"] == ["'self'"]
