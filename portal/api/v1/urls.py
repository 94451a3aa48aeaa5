"""Addresses of the first version of the API."""

from django.urls import include, path

from portal.api.v1 import (
    changes,
    checks,
    datasets,
    differences,
    distributions,
    figures,
    frame,
    records,
    resolve,
    root,
    schemas,
    search,
    snapshots,
    summaries,
    venues,
    versions,
)
from portal.api.v1.cases.tokens import Token
from portal.publication.types import LISTED

_RECORD = "records/<str:uid>/"
_FIGURE = "figures/<str:uid>/<str:key>/"

urlpatterns = [
    path("", root.Root.as_view(), name="api-root"),
    path("search/", search.Search.as_view(), name="api-search"),
    path("suggest/", search.Suggest.as_view(), name="api-suggest"),
    path("records/", records.RecordList.as_view(), name="api-records"),
    path(_RECORD, records.RecordDetail.as_view(), name="api-record"),
    path(f"{_RECORD}versions/", versions.VersionList.as_view(), name="api-versions"),
    path(f"{_RECORD}versions/<int:number>/", versions.VersionDetail.as_view(), name="api-version"),
    *(
        path(f"{record_type.plural}/", records.list_of(record_type).as_view(), name=f"api-{record_type.plural}")
        for record_type in LISTED
    ),
    path("datasets/<str:uid>/", distributions.DatasetDetail.as_view(), name="api-dataset"),
    path("datasets/<str:uid>/observations/", datasets.ObservationList.as_view(), name="api-observations"),
    path("datasets/<str:uid>/diff/", differences.DifferenceList.as_view(), name="api-diff"),
    path("datasets/<str:uid>/summary/", summaries.Summary.as_view(), name="api-summary"),
    path("datasets/<str:uid>/distributions/", distributions.DistributionList.as_view(), name="api-distributions"),
    path(
        "datasets/<str:uid>/distributions/<str:format>/",
        distributions.LatestDistribution.as_view(),
        name="api-distribution",
    ),
    path("datasets/<str:uid>/checks/", checks.CheckList.as_view(), name="api-checks"),
    path(_FIGURE, figures.FigureDetail.as_view(), name="api-figure"),
    path(f"{_FIGURE}checks/<int:number>/", figures.DerivedDetail.as_view(), name="api-derived-figure"),
    path("resolve/", resolve.Resolve.as_view(), name="api-resolve"),
    path("venues/", venues.VenueList.as_view(), name="api-venues"),
    path("venues/<str:code>/", venues.VenueDetail.as_view(), name="api-venue"),
    path("venues/<str:code>/busy/", venues.VenueBusy.as_view(), name="api-venue-busy"),
    path("venues/<str:code>/busy.ics", venues.VenueCalendar.as_view(), name="api-venue-calendar"),
    path("menus/", frame.MenuList.as_view(), name="api-menus"),
    path("menus/<str:slot>/", frame.MenuDetail.as_view(), name="api-menu"),
    path("banners/", frame.BannerList.as_view(), name="api-banners"),
    path("collections/", snapshots.CollectionList.as_view(), name="api-collections"),
    path("dumps/", snapshots.DumpList.as_view(), name="api-dumps"),
    path("changes/", changes.ChangeList.as_view(), name="api-changes"),
    path("schemas/", schemas.SchemaList.as_view(), name="api-schemas"),
    path("schemas/<str:name>.json", schemas.SchemaFile.as_view(), name="api-schema-file"),
    path("schemas/<str:name>/", schemas.SchemaDetail.as_view(), name="api-schema"),
    path("oauth/token/", Token.as_view(), name="api-token"),
    path("cases/", include("portal.api.v1.cases.urls")),
    path("problems/", root.ProblemList.as_view(), name="api-problems"),
    path("problems/<str:code>/", root.ProblemDetail.as_view(), name="api-problem"),
]
