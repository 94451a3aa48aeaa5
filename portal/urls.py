"""All addresses: the rooms' own, the site last because its addresses are flat."""

from django.urls import include, path

from portal.core.languages import CHINESE, ENGLISH

urlpatterns = [
    path("admin/", include("cms.urls")),
    path("api/", include("portal.api.urls")),
    path("healthz/", include("portal.core.health_urls")),
    path("media/", include("portal.site.media_urls")),
    path("follow/email/", include("portal.subscriptions.urls"), {"language": CHINESE}),
    path("en/follow/email/", include("portal.subscriptions.urls"), {"language": ENGLISH}),
    path("services/", include("portal.services.urls"), {"language": CHINESE}),
    path("en/services/", include("portal.services.urls"), {"language": ENGLISH}),
    path("", include("portal.site.urls")),
]

handler400 = "portal.site.errors.bad_request"
handler403 = "portal.site.errors.permission_denied"
handler404 = "portal.site.errors.page_not_found"
handler500 = "portal.site.errors.server_error"
