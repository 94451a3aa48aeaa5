"""Addresses of the admin, each of whose views that may write runs in a publishing scope of its own."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import include, path, re_path
from django.utils.translation import gettext as _
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.admin.localization import get_localized_response
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms import private_media, sign_in
from cms.desk import corrections
from cms.headless import views as headless
from cms.publishing import PublicationError
from cms.scope import publishing_scope

_SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
#: Views that are sent something again and again while an editor types, and change no page.
_LOOKING = frozenset(
    {
        *("ping", "release", "preview_on_add", "preview_on_edit", "cms_charts_on_add", "cms_charts_on_edit"),
        *("cms_dataset_check", "cms_dataset_check_new"),
    }
)


def in_publishing_scope(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Run a view that may write within one transaction that settles at its end; a fault anywhere undoes all of it.

    Not a middleware: Django has turned the exception into a response by then. The response is rendered inside, so that
    nothing is left to fail after the commit.
    """

    def scoped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method in _SAFE or not _may_change(request):
            return view(request, *args, **kwargs)
        # What settling has to say is said in the editor's language, too, which Wagtail chooses for the view alone.
        return get_localized_response(settled, request, *args, **kwargs)

    def settled(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with publishing_scope() as touched:
                response = view(request, *args, **kwargs)
                if isinstance(response, TemplateResponse) and not response.is_rendered:
                    response.render()
            corrections.tell(request, touched.appended)
            return response
        except PublicationError as refused:
            for where, message in refused.problems:
                messages.error(
                    request,
                    _("Nothing was saved. %(uid)s cannot be published: %(problem)s")
                    % {"uid": refused.uid, "problem": f"{where}: {message}" if where else message},
                )
            return redirect(request.get_full_path())

    return scoped


def _may_change(request: HttpRequest) -> bool:
    """Whether a request may change pages. What does not should not wait for those that do: strangers' least of all."""
    match = request.resolver_match
    return request.user.is_authenticated and not (match and match.url_name in _LOOKING)


#: Wagtail serves documents to anybody; here they are private until something that is published uses them.
_documents = decorate_urlpatterns([path("documents/serve/", include(wagtaildocs_urls))], require_admin_access)

urlpatterns = [
    path("media/<path:name>", private_media.serve),
    path("login/", sign_in.login),
    # Not behind the admin's sign-in: whoever has the token of a draft may read that one.
    path("drafts/", headless.draft),
    re_path(r"^drafts/files/(?P<sha256>[0-9a-f]{64})/$", headless.file),
    *_documents,
    *decorate_urlpatterns([path("", include(wagtailadmin_urls))], in_publishing_scope),
]
