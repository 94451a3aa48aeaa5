"""Content-Security-Policy: strict in public, workable in the admin, no third party anywhere."""

import pytest
from django.conf import settings


def directives(response) -> dict[str, list[str]]:
    """The header as directive → sources."""
    header = response["Content-Security-Policy"]
    return {name: sources for name, *sources in (part.split() for part in header.split(";"))}


def test_the_public_policy_allows_nothing_inline(client):
    policy = directives(client.get("/healthz/live"))
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == ["'self'"]
    assert policy["style-src"] == ["'self'"]


@pytest.mark.django_db
def test_the_admin_may_write_scripts_into_its_pages(client):
    policy = directives(client.get("/admin/login/"))
    assert "'unsafe-inline'" in policy["script-src"]
    assert "'unsafe-eval'" not in policy["script-src"]


def test_no_policy_names_another_host():
    policies = [
        settings.CONTENT_SECURITY_POLICY["DIRECTIVES"],
        *settings.CONTENT_SECURITY_POLICY_BY_PREFIX.values(),
    ]
    sources = {
        source for policy in policies for name, values in policy.items() for source in values if name != "frame-src"
    }
    assert sources <= {"'none'", "'self'", "'unsafe-inline'", "data:", "blob:"}
    # A video is loaded by a click.
    framed = {source for policy in policies for source in policy["frame-src"]}
    assert framed == {"'self'", "https://www.youtube-nocookie.com", "https://player.vimeo.com"}
