"""Addresses of the module API."""

from django.urls import path, re_path

from portal.api.v1.cases import (
    attachments,
    bulk,
    calendar,
    counts,
    deadline,
    detail,
    feed,
    kinds,
    nothing,
    receiving,
    steps,
)

_CASE = "<str:kind>/<str:reference>/"

urlpatterns = [
    path("kinds/", kinds.KindList.as_view(), name="api-case-kinds"),
    path("kinds/<str:kind>/", kinds.KindDetail.as_view(), name="api-case-kind"),
    path("calendar/", calendar.Calendar.as_view(), name="api-case-calendar"),
    path("feed/", feed.Feed.as_view(), name="api-case-feed"),
    path("counts/<str:kind>/<str:period>/", counts.CountsDetail.as_view(), name="api-case-counts"),
    path("<str:kind>/", receiving.CaseList.as_view(), name="api-cases"),
    path("<str:kind>/bulk/", bulk.Bulk.as_view(), name="api-cases-bulk"),
    path(_CASE, detail.CaseDetail.as_view(), name="api-case"),
    path(f"{_CASE}deadline.ics", deadline.DeadlineFile.as_view(), name="api-case-deadline"),
    path(f"{_CASE}events/", steps.EventList.as_view(), name="api-case-events"),
    path(f"{_CASE}attachments/", attachments.AttachmentList.as_view(), name="api-case-attachments"),
    path(f"{_CASE}attachments/<uuid:attachment>/", attachments.AttachmentDetail.as_view(), name="api-case-attachment"),
    re_path("", nothing.Nothing.as_view()),
]
