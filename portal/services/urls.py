"""The addresses of citizens' services, under ``/services/`` and ``/en/services/``."""

from django.urls import path

from portal.services import views

urlpatterns = [
    path("", views.home),
    path("complaints/new/", views.complain),
    path("track/", views.track),
]
