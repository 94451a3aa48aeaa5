"""Sums, means and counts of a dataset's observations."""

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_view

from portal.api.v1 import openapi
from portal.api.v1.conditional import Validators
from portal.api.v1.filters import FILTERS, filters_of, selection
from portal.api.v1.parameters import AS_OF, LANG_OF_ERRORS, VERSION, Parameter, one_of, read_some
from portal.api.v1.problems import INVALID_PARAMETER, NOT_FOUND, REDACTED, UNKNOWN_PARAMETER, WITHDRAWN, invalid
from portal.api.v1.versioned import Meant, meant
from portal.api.v1.views import PublicView, json_response
from portal.statistics import selectors as statistics
from portal.statistics.summaries import AGGREGATES, Group, summarise
from portal.statistics.units import RATIOS

AGG = Parameter(
    "agg",
    one_of(AGGREGATES),
    {"type": "string", "enum": list(AGGREGATES), "default": "sum"},
    "What the values of a group come to. Means are rounded half up to ten decimal places.",
    default="sum",
)
_BY: dict[str, Any] = {"type": "string", "examples": ["staff", "staff,period"]}
_BY_TEXT = "By what: dimensions or `period`, by commas. Measures are always apart."


def _by(allowed: list[str]) -> Parameter:
    def take(name: str, text: str) -> tuple[str, ...]:
        chosen = text.split(",") if text else []
        wrong = next((each for each in chosen if each not in allowed or chosen.count(each) > 1), None)
        if wrong is not None:
            raise invalid(
                name,
                _("“%(value)s” is not a value of “%(name)s”. Allowed: %(allowed)s."),
                {"value": wrong[:60], "name": name, "allowed": ", ".join(allowed)},
                allowed=allowed,
            )
        return tuple(chosen)

    return Parameter("by", take, _BY, _BY_TEXT, default=())


@extend_schema_view(
    get=openapi.operation(
        "datasets_summary_retrieve",
        "Sums, means and counts of a dataset's observations",
        "Of the observations that the filters leave, by codes. Values are exact decimal strings; missing ones are left "
        "out and counted in `missing`. Percentages are not added up: a sum of several is null. "
        "A table may hold totals beside what they are totals of: choose what to add with the filters.",
        answer=openapi.reference("Summary"),
        takes=(*FILTERS, _by([]), AGG, VERSION, AS_OF, LANG_OF_ERRORS),
        at=(openapi.DATASET_UID,),
        problems=(UNKNOWN_PARAMETER, INVALID_PARAMETER, NOT_FOUND, WITHDRAWN, REDACTED),
    )
)
class Summary(PublicView):
    """A summary of a dataset's table."""

    meant: Meant

    def taken(self, request: HttpRequest, **kwargs: Any) -> tuple[Parameter, ...]:
        """The dataset's filters, and by which of its dimensions to add up."""
        chosen = read_some(request.GET, (VERSION, AS_OF))
        self.meant = meant(request, kwargs["uid"], version=chosen["version"], as_of=chosen["as_of"])
        dimensions = [each["code"] for each in self.meant.document["dimensions"]]
        return (*filters_of(self.meant.document), _by([*dimensions, "period"]), AGG, VERSION, AS_OF, LANG_OF_ERRORS)

    def validators(self, request: HttpRequest, **kwargs: Any) -> Validators:
        """Those of the version."""
        return self.meant.validators

    def get(self, request: HttpRequest, uid: str) -> HttpResponse:
        """All groups."""
        document, by = self.meant.document, self.given["by"]
        columns, places = statistics.selected(self.meant.digest, **selection(document, self.given))
        units = {each["code"]: each["unit"] for each in document["measures"]}
        groups = summarise(columns, places, by, self.given["agg"])
        body = {
            "uid": uid,
            "version": self.meant.version,
            "by": by,
            "agg": self.given["agg"],
            "results": [_shown(group, by, units, self.given["agg"]) for group in groups],
        }
        return json_response(orjson.dumps(body))


def _shown(group: Group, by: tuple[str, ...], units: dict[str, str], aggregate: str) -> dict[str, Any]:
    is_nonsense = aggregate == "sum" and units[group.measure] in RATIOS and group.observations > 1
    return {
        "measure": group.measure,
        "unit": units[group.measure],
        **dict(zip(by, group.codes, strict=True)),
        "value": None if is_nonsense else group.value,
        "observations": group.observations,
        "missing": group.missing,
    }
