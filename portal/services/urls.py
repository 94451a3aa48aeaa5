"""The addresses of citizens' services, under ``/services/`` and ``/en/services/``."""

from django.urls import path

from portal.rendering.whole import SERVICES
from portal.services import tracking_views, venue_views, views
from portal.services.offered import OFFERS

urlpatterns = [
    path("", views.home),
    *(path(offer.path.removeprefix(SERVICES), views.form_of(offer)) for offer in OFFERS.values()),
    path("venues/", venue_views.venues),
    path("venues/<str:code>/", venue_views.venue),
    path("track/", tracking_views.track),
]
