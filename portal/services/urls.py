"""The addresses of citizens' services, under ``/services/`` and ``/en/services/``."""

from django.urls import path

from portal.rendering.whole import SERVICES
from portal.services import venue_views, views
from portal.services.offered import BOOKING, OFFERS

urlpatterns = [
    path("", views.home),
    *(path(each.path.removeprefix(SERVICES), views.form_of(each)) for each in OFFERS.values() if each is not BOOKING),
    path(BOOKING.path.removeprefix(SERVICES), views.book),
    path("venues/", venue_views.venues),
    path("venues/<str:code>/", venue_views.venue),
    path("track/", views.track),
]
