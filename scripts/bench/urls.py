"""The portal's addresses, the same content from views written by hand, and Wagtail's own ways to serve its pages."""

from django.urls import include, path

from portal.urls import handler400, handler403, handler404, handler500
from portal.urls import urlpatterns as portal_urls
from scripts.bench import case_views, dsl_view, views
from scripts.bench.wagtail_api import api

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("hand/nothing", views.nothing),
    path("hand/query", views.query),
    path("hand/records/<str:form>/<int:limit>", views.records),
    path("hand/record/<str:form>/<str:uid>", views.record),
    path("hand/page<path:address>", views.page),
    path("hand/search", dsl_view.search),
    path("plain/insert/", case_views.PlainInsert.as_view()),
    path("plain/events/", case_views.PlainList.as_view()),
    path("wagtail/api/", api.urls),
    path("wagtail/", include("wagtail.urls")),
    *portal_urls,
]
