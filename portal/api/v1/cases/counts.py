"""``GET`` and ``PUT counts/{kind}/{period}/``: counts of the cases that a module keeps to itself."""

from collections.abc import Sequence
from typing import Any

import orjson
from django.conf import settings
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import parse_etags
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter

from portal.api.v1.cases.bodies import JSON, read_object
from portal.api.v1.cases.described import ETAG, KIND, described, operation
from portal.api.v1.cases.refusals import entry, invalid, unknown_members
from portal.api.v1.cases.representations import etag
from portal.api.v1.cases.scopes import COUNTS
from portal.api.v1.cases.view import ModuleView
from portal.api.v1.openapi import reference
from portal.api.v1.problems import CONFLICT, NOT_FOUND, Problem
from portal.cases.counts import sent
from portal.cases.counts.cells import problems
from portal.cases.counts.periods import is_over
from portal.cases.kinds import KINDS
from portal.cases.kinds.validation import written
from portal.cases.models import SentCounts
from portal.core.periods import MONTH, Period, PeriodError, parse_period

PERIOD = OpenApiParameter(
    "period",
    {"type": "string", "examples": ["2022-06"]},
    OpenApiParameter.PATH,
    description="A month that is over, in Taipei.",
)
IF_MATCH = OpenApiParameter(
    "If-Match",
    {"type": "string", "examples": ['"1"', "*"]},
    OpenApiParameter.HEADER,
    description="The ETag of the counts that are replaced; wanted where there are any.",
)
_DIGITS = 10
_MEMBERS = ("cells", "totals", "checksum")


@described(
    get=operation(
        "case_counts_retrieve",
        "Counts that were sent",
        "The last counts that a module of the agency has sent for a month. Needs the scope `cases:<kind>:counts`.",
        answer="SentCounts",
        at=(KIND, PERIOD, ETAG),
        problems=(403,),
    ),
    put=operation(
        "case_counts_update",
        "Send counts",
        "For a module that keeps its cases to itself: the counts of a month that is over, in cells by every dimension "
        "that the kind declares. They come into the draft of the kind's dataset. `totals` are the sums of the cells by "
        "measure. `checksum` is the SHA-256, in lower-case hex, of this: each cell as canonical JSON (RFC 8785), these "
        "texts sorted by their bytes, joined by commas, between `[` and `]`. Every version is kept; the same counts "
        "sent again make none. No cells say that the module keeps no cases of the month. 409 where the portal has "
        "cases of the agency that were received or closed in the month. Needs the scope `cases:<kind>:counts`.",
        answer="SentCounts",
        body={JSON: reference("CountsToSend")},
        at=(KIND, PERIOD, IF_MATCH, ETAG),
        problems=(403, 409, 411, 412, 413, 415, 422, 428),
    ),
)
class CountsDetail(ModuleView):
    """The counts of a month, of the sender's agency."""

    verb = COUNTS

    def get(self, request: HttpRequest, kind: str, period: str) -> HttpResponse:
        """The last that were sent."""
        found = sent.last(kind, _month(period).code, self.sender.agency)
        if found is None:
            raise Problem(NOT_FOUND, _("No counts were sent for this month."))
        return _shown(found)

    def put(self, request: HttpRequest, kind: str, period: str) -> HttpResponse:
        """Keep what is sent as the last."""
        body = read_object(request, settings.MODULE_BODY_MAX_BYTES)
        month, now = _month(period), timezone.now()
        if not is_over(month, now):
            raise Problem(CONFLICT, _("%(period)s is not over yet."), {"period": month.code}, code="not-over")
        _check(kind, body)
        given = {
            "kind": KINDS[kind],
            "period": month,
            "agency": self.sender.agency,
            "module": self.sender.module,
            "cells": body["cells"],
            "replaces": _replaced(request),
            "now": now,
        }
        try:
            kept, is_new = sent.keep(**given)
        except IntegrityError:
            # Another version came at the same time, and was first: now it is the last.
            kept, is_new = sent.keep(**given)
        return _shown(kept, 201 if is_new and kept.version == 1 else 200)


def _month(code: str) -> Period:
    try:
        period = parse_period(code)
    except PeriodError:
        period = None
    if period is None or period.precision != MONTH:
        raise Problem(NOT_FOUND, _("Counts are of months, such as 2022-06."))
    return period


def _check(kind: str, body: dict[str, Any]) -> None:
    """Raise `Problem` that names every member that is not as it should be."""
    errors = unknown_members(body, _MEMBERS)
    errors += [entry(each.pointer, each.code, each.message) for each in problems(KINDS[kind], body)]
    if errors:
        raise invalid(errors)


def _replaced(request: HttpRequest) -> Sequence[int] | None:
    """The versions that ``If-Match`` names; none without it, None for whichever."""
    tags = parse_etags(request.headers.get("If-Match", ""))
    if "*" in tags:
        return None
    # A tag that is no version is one that never is the last.
    versions = (tag.strip('"') for tag in tags)
    return [int(each) if each.isdecimal() and len(each) < _DIGITS else 0 for each in versions]


def _shown(counts: SentCounts, status: int = 200) -> HttpResponse:
    body = {
        "kind": counts.kind,
        "agency": counts.agency,
        "period": counts.period,
        "version": counts.version,
        "sent_at": written(counts.sent_at),
        "cells": counts.cells,
        "totals": counts.totals,
        "checksum": counts.checksum,
    }
    headers = {"ETag": etag(counts.version)}
    return HttpResponse(orjson.dumps(body), status=status, content_type="application/json", headers=headers)
