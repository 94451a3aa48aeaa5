"""The filters of a dataset's observations: those that every dataset has, and one for each of its own dimensions."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.api.v1.parameters import Parameter, check_order, first_day, last_day, one_of
from portal.api.v1.problems import invalid
from portal.core.languages import LANGUAGES
from portal.core.periods import PeriodError, parse_period
from portal.statistics.selecting import Selection

_DATE: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": 60}
_EXAMPLES = ("2022-03-17", "2022-03", "111-03-17", "民國111年3月")


def _period(name: str, text: str) -> str:
    try:
        return parse_period(text).code
    except PeriodError as error:
        allowed = _("a period such as 2022, 2022-Q2, 2022-H1, 2022-05, 2022-05-31 or 2022-02-01--2022-06-30")
        raise invalid(name, error.message, error.params, allowed=allowed) from None


PERIOD = Parameter(
    "period",
    _period,
    {"type": "string", "minLength": 1},
    "Only the observations of this very period, by its code.",
    examples=("2022-05", "2022-02-01--2022-06-30"),
)
FROM = Parameter(
    "from",
    first_day,
    _DATE,
    "Only observations whose period reaches this date or a later one; a month or a year mean their first day.",
    examples=_EXAMPLES,
)
TO = Parameter(
    "to",
    last_day,
    _DATE,
    "Only observations whose period begins on this date or earlier; a month or a year mean their last day.",
    examples=_EXAMPLES,
)
LABELS = Parameter(
    "labels",
    one_of(LANGUAGES),
    {"type": "string", "enum": list(LANGUAGES)},
    "Add `labels`: the names of period, measure, unit, status and of each dimension's code in this language.",
)
MEASURE = Parameter("measure", one_of(()), {"type": "string"}, "Only the observations of this measure, by its code.")
#: The filters that the OpenAPI document names; dimensions differ from dataset to dataset.
FILTERS = (MEASURE, PERIOD, FROM, TO)


def filters_of(document: Mapping[str, Any]) -> tuple[Parameter, ...]:
    """The filters that a dataset takes, each with the codes that it allows."""
    measure = Parameter(
        MEASURE.name, one_of(each["code"] for each in document["measures"]), MEASURE.schema, MEASURE.description
    )
    dimensions = (
        Parameter(each["code"], one_of(code["code"] for code in each["codes"]), {"type": "string"}, "")
        for each in document["dimensions"]
    )
    return (measure, PERIOD, FROM, TO, *dimensions)


def selection(document: Mapping[str, Any], given: Mapping[str, Any]) -> Selection:
    """The observations that the filters leave. Raises `Problem` for a span that ends before it begins."""
    check_order(dict(given))
    dimensions = (each["code"] for each in document["dimensions"])
    return Selection(
        filters={code: given[code] for code in dimensions if given[code] is not None},
        measure=given["measure"],
        period=given["period"],
        from_=given["from"],
        to=given["to"],
    )
