"""Addresses of the public pages: flat and typed, the Chinese ones without a prefix, the English ones under ``en/``.

Addresses are made of small letters, digits and hyphens and end with a slash, those of files excepted; what is written
otherwise is no address of a page.
"""

from django.urls import URLPattern, include, path, re_path

from portal.publication.types import BY_PLURAL, TYPES
from portal.rendering.events import IN_CALENDARS
from portal.site import (
    calendars,
    catalogues,
    charts,
    data,
    feeds,
    follow,
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
_CHART = r"charts/(?P<number>[1-9][0-9]?)(?:-(?P<layout>page|phone))?\.(?P<form>svg|png|json)"

#: The same in both languages: a view takes the language from the address.
_PAGES: list[URLPattern] = [
    path("", views.home),
    path("search/", search.search_page),
    path("opendata/", opendata.catalogue_page),
    path("follow/", follow.follow_page),
    path("changes.atom", feeds.of_changes),
    re_path(rf"^(?P<plural>{_PLURALS})/feed\.atom$", feeds.of_type),
    re_path(rf"^{_PATH}feed\.atom$", feeds.of_city),
    path("calendar.ics", calendars.of_all),
    re_path(rf"^(?P<plural>{_PLURALS_IN_CALENDARS})/calendar\.ics$", calendars.of_type),
    re_path(rf"^{_PATH}calendar\.ics$", calendars.of_city),
    re_path(rf"^{_PATH}event\.ics$", calendars.of_record),
    re_path(r"^(?P<path>(?:[a-z0-9-]+/)*)share\.png$", sharing.picture),
    path("data/collections/<str:name>", data.latest_of_collection),
    path("data/dumps/<str:name>", data.latest_of_dump),
    re_path(rf"^(?P<plural>{_PLURALS})/$", views.record_list),
    re_path(r"^(?P<path>(?:[a-z0-9-]+/)*)versions/$", versions.version_list),
    re_path(r"^(?P<path>(?:[a-z0-9-]+/)*)versions/(?P<number>[1-9][0-9]{0,8})/$", versions.version),
    re_path(rf"^{_PATH}versions/(?P<version>[1-9][0-9]{{0,8}})/{_CHART}$", charts.chart_of_version),
    re_path(rf"^{_PATH}{_CHART}$", charts.chart),
    re_path(rf"^{_PATH}$", views.record),
]

#: For programs: the same whatever the language.
_DOCUMENTS: list[URLPattern] = [
    path("sitemap.xml", sitemaps.sitemap),
    re_path(r"^sitemap-(?P<number>[1-9][0-9]{0,3})\.xml$", sitemaps.part),
    path("robots.txt", well_known.robots),
    path(well_known.SECURITY.removeprefix("/"), well_known.security),
    re_path(r"^data/files/(?P<sha256>[0-9a-f]{64})/(?P<name>[A-Za-z0-9.-]{1,60})$", data.file),
    path("opendata/catalog.ttl", catalogues.catalogue_turtle),
    path("opendata/catalog.jsonld", catalogues.catalogue_json_ld),
    path("opendata/data.gov.tw.json", catalogues.catalogue_national),
    *(
        re_path(rf"^opendata/datasets/(?P<name>[a-z0-9-]+)/{name}$", view)
        for name, view in (
            ("", catalogues.dataset_identifier),
            (r"dcat\.ttl", catalogues.dataset_turtle),
            (r"dcat\.jsonld", catalogues.dataset_json_ld),
            (r"data\.gov\.tw\.json", catalogues.dataset_national),
        )
    ),
    *(
        re_path(rf"^opendata/collections/(?P<name>{_PLURALS})/{name}$", view)
        for name, view in (
            ("", catalogues.collection_identifier),
            (r"dcat\.ttl", catalogues.collection_turtle),
            (r"dcat\.jsonld", catalogues.collection_json_ld),
            (r"data\.gov\.tw\.json", catalogues.collection_national),
        )
    ),
]

urlpatterns = [path("en/", include(_PAGES)), *_DOCUMENTS, *_PAGES]
