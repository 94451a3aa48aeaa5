"""Content-Security-Policy: strict in public, workable in the admin, no third party anywhere."""

import pytest
from csp.constants import HEADER
from csp.decorators import csp_exempt, csp_update
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpResponse

from portal.core.policies import ContentSecurityPolicyMiddleware


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


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/api/v1/records/", "/api/v1/nothing/", "/api/schema/"])
def test_for_what_the_api_answers_nothing_is_loaded_whoever_shows_it(client, path):
    policy = directives(client.get(path))
    assert set(policy) == {"default-src", "form-action", "frame-ancestors", "base-uri"}
    assert all(sources == ["'none'"] for sources in policy.values())


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
    framed = {source for policy in policies for source in policy.get("frame-src", ())}
    assert framed == {"'self'", "https://www.youtube-nocookie.com", "https://player.vimeo.com"}


class Plain(ContentSecurityPolicyMiddleware):
    """Puts every header together anew, as django-csp does."""

    process_response = CSPMiddleware.process_response


def answered(middleware, rf, path, view):
    return middleware(view)(rf.get(path)).headers.get(HEADER)


def plain_view(_request):
    return HttpResponse()


@pytest.mark.parametrize("path", ["/", "/en/visits/", "/api/v1/search/", "/api/docs/", "/admin/", "/admin/pages/"])
@pytest.mark.parametrize(
    "view",
    [plain_view, csp_update({"img-src": ["data:"]})(plain_view), csp_exempt()(plain_view)],
    ids=["plain", "updated", "exempt"],
)
def test_the_header_is_what_django_csp_makes(rf, path, view):
    assert answered(ContentSecurityPolicyMiddleware, rf, path, view) == answered(Plain, rf, path, view)


def test_a_header_of_the_view_stays(rf):
    def own(_request):
        return HttpResponse(headers={HEADER: "sandbox"})

    assert answered(ContentSecurityPolicyMiddleware, rf, "/", own) == "sandbox"
