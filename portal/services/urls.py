"""The addresses of citizens' services, under ``/services/`` and ``/en/services/``."""

from django.urls import path

from portal.rendering.whole import SERVICES
from portal.services import views
from portal.services.offered import OFFERS

urlpatterns = [
    path("", views.home),
    *(path(offer.path.removeprefix(SERVICES), views.form_of(offer)) for offer in OFFERS.values()),
    path("track/", views.track),
]
