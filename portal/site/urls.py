"""Addresses of the public pages: flat and typed, the Chinese ones without a prefix, the English ones under ``en/``.

Addresses are made of small letters, digits and hyphens and end with a slash, those of files excepted; what is written
otherwise is no address of a page.
"""

from django.urls import URLPattern, include, path, re_path

from portal.publication.types import BY_PLURAL
from portal.site import charts, search, versions, views

_PLURALS = "|".join(BY_PLURAL)
_PATH = r"(?P<path>(?:[a-z0-9-]+/)+)"
_CHART = r"charts/(?P<number>[1-9][0-9]?)(?:-(?P<layout>page|phone))?\.(?P<form>svg|png|json)"

#: The same in both languages: a view takes the language from the address.
_PAGES: list[URLPattern] = [
    path("", views.home),
    path("search/", search.search_page),
    re_path(rf"^(?P<plural>{_PLURALS})/$", views.record_list),
    re_path(r"^(?P<path>(?:[a-z0-9-]+/)*)versions/$", versions.version_list),
    re_path(r"^(?P<path>(?:[a-z0-9-]+/)*)versions/(?P<number>[1-9][0-9]{0,8})/$", versions.version),
    re_path(rf"^{_PATH}versions/(?P<version>[1-9][0-9]{{0,8}})/{_CHART}$", charts.chart_of_version),
    re_path(rf"^{_PATH}{_CHART}$", charts.chart),
    re_path(rf"^{_PATH}$", views.record),
]

urlpatterns = [path("en/", include(_PAGES)), *_PAGES]
