"""Addresses of the public pages: flat and typed, the Chinese ones without a prefix, the English ones under ``en/``.

Addresses are made of small letters, digits and hyphens and end with a slash, those of files excepted; what is written
otherwise is no address of a page.

The API finds out from them, too, what an address means (`portal/api/v1/resolving.py`): by the name of the pattern, and
by ``path``, which names the record that an address belongs to.
"""

from django.urls import URLPattern, include, path, re_path

from portal.publication.types import BY_PLURAL, TYPES
from portal.rendering.events import IN_CALENDARS
from portal.site import (
    calendars,
    catalogues,
    charts,
    comparisons,
    data,
    feeds,
    follow,
    home,
    opendata,
    search,
    sharing,
    sitemaps,
    versions,
    views,
    well_known,
)

_PLURALS = "|".join(BY_PLURAL)
_PLURALS_IN_CALENDARS = "|".join(TYPES[code].plural for code in IN_CALENDARS)
_PATH = r"(?P<path>(?:[a-z0-9-]+/)+)"
_ANY_PATH = r"(?P<path>(?:[a-z0-9-]+/)*)"
_NUMBER = "[1-9][0-9]{0,8}"
_CHART = r"charts/(?P<number>[1-9][0-9]?)(?:-(?P<layout>page|phone))?\.(?P<form>svg|png|json)"

#: The same in both languages: a view takes the language from the address.
_PAGES: list[URLPattern] = [
    path("", home.home, name="site-home"),
    path("search/", search.search_page, name="site-search"),
    path("opendata/", opendata.catalogue_page, name="site-catalogue"),
    path("follow/", follow.follow_page),
    path("changes.atom", feeds.of_changes),
    re_path(rf"^(?P<plural>{_PLURALS})/feed\.atom$", feeds.of_type),
    re_path(rf"^{_PATH}feed\.atom$", feeds.of_city, name="site-of-city"),
    path("calendar.ics", calendars.of_all),
    re_path(rf"^(?P<plural>{_PLURALS_IN_CALENDARS})/calendar\.ics$", calendars.of_type),
    re_path(rf"^{_PATH}calendar\.ics$", calendars.of_city, name="site-of-city"),
    re_path(rf"^{_PATH}event\.ics$", calendars.of_record, name="site-event"),
    path("share.png", sharing.picture_of_site),
    re_path(rf"^{_PATH}share\.png$", sharing.picture),
    path("data/collections/<str:name>", data.latest_of_collection, name="site-collection"),
    path("data/dumps/<str:name>", data.latest_of_dump, name="site-dump"),
    re_path(rf"^(?P<plural>{_PLURALS})/$", views.record_list, name="site-list"),
    re_path(rf"^{_ANY_PATH}versions/$", versions.version_list, name="site-versions"),
    re_path(rf"^{_ANY_PATH}versions/compare/$", comparisons.chosen),
    re_path(rf"^{_ANY_PATH}versions/(?P<number>{_NUMBER})/$", versions.version, name="site-version"),
    re_path(
        rf"^{_ANY_PATH}versions/(?P<earlier>{_NUMBER})/(?P<later>{_NUMBER})/$",
        comparisons.comparison,
        name="site-comparison",
    ),
    re_path(
        rf"^{_PATH}versions/(?P<version>{_NUMBER})/{_CHART}$", charts.chart_of_version, name="site-chart-of-version"
    ),
    re_path(rf"^{_PATH}{_CHART}$", charts.chart, name="site-chart"),
    re_path(rf"^{_PATH}$", views.record, name="site-record"),
]

#: For programs: the same whatever the language.
_DOCUMENTS: list[URLPattern] = [
    path("sitemap.xml", sitemaps.sitemap),
    re_path(r"^sitemap-(?P<number>[1-9][0-9]{0,3})\.xml$", sitemaps.part),
    path("robots.txt", well_known.robots),
    path(well_known.SECURITY.removeprefix("/"), well_known.security),
    re_path(r"^data/files/(?P<sha256>[0-9a-f]{64})/(?P<name>[A-Za-z0-9.-]{1,60})$", data.file, name="site-file"),
    path("opendata/catalog.ttl", catalogues.catalogue_turtle),
    path("opendata/catalog.jsonld", catalogues.catalogue_json_ld),
    path("opendata/data.gov.tw.json", catalogues.catalogue_national),
    re_path(r"^opendata/datasets/(?P<name>[a-z0-9-]+)/$", catalogues.dataset_identifier, name="site-dataset"),
    *(
        re_path(rf"^opendata/datasets/(?P<name>[a-z0-9-]+)/{name}$", view, name="site-dataset-file")
        for name, view in (
            (r"dcat\.ttl", catalogues.dataset_turtle),
            (r"dcat\.jsonld", catalogues.dataset_json_ld),
            (r"data\.gov\.tw\.json", catalogues.dataset_national),
        )
    ),
    re_path(rf"^opendata/collections/(?P<name>{_PLURALS})/$", catalogues.collection_identifier, name="site-records"),
    *(
        re_path(rf"^opendata/collections/(?P<name>{_PLURALS})/{name}$", view, name="site-records-file")
        for name, view in (
            (r"dcat\.ttl", catalogues.collection_turtle),
            (r"dcat\.jsonld", catalogues.collection_json_ld),
            (r"data\.gov\.tw\.json", catalogues.collection_national),
        )
    ),
]

urlpatterns = [path("en/", include(_PAGES)), *_DOCUMENTS, *_PAGES]
