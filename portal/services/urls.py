"""The addresses of citizens' services, under ``/services/`` and ``/en/services/``."""

from django.urls import path

from portal.services import venue_views, views

urlpatterns = [
    path("", views.home),
    path("complaints/new/", views.complain),
    path("bookings/new/", views.book),
    path("venues/", venue_views.venues),
    path("venues/<str:code>/", venue_views.venue),
    path("track/", views.track),
]
