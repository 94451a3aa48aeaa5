"""Parameters of queries: what each is called, what it takes, how it is read and how it is documented.

An address says which it takes (`read`); any other name, a name given twice, and a value that means nothing
are refused with a `Problem` that names the parameter and what is allowed.
"""

import datetime
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter

from portal.api.v1.problems import UNKNOWN_PARAMETER, Problem, invalid
from portal.core.languages import LANGUAGES
from portal.core.periods import PeriodError, parse_date_input
from portal.publication.rows import moment
from portal.publication.selectors import SORTS
from portal.publication.topics import TOPICS
from portal.publication.types import TYPES

LIMIT_MOST, LIMIT_USUAL = 500, 20
AFTER_MOST = 2**63 - 1
#: Characters of a value that an answer repeats.
_SHOWN = 60

_WHOLE_NUMBER = re.compile(r"[0-9]{1,30}")
_CITY = re.compile(r"city:[a-z0-9-]{1,120}")
_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2}:[0-9]{2})(\.[0-9]{1,6})?"
    r"(?:([Zz])|([-+ ][0-9]{2}:[0-9]{2}))"
)
_DATES = _("a date such as 2022-03-17, 2022-03, 111-03-17 or 民國111年3月")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a query: ``take`` makes its value of its text or raises `Problem`; ``schema`` and
    ``description`` document it. One that ``is_required`` takes no empty text.
    """

    name: str
    take: Callable[[str, str], Any]
    schema: dict[str, Any]
    description: str
    default: Any = None
    examples: tuple[str, ...] = field(default=())
    is_required: bool = False

    def documented(self) -> OpenApiParameter:
        """The parameter in OpenAPI."""
        schema = self.schema | ({"examples": list(self.examples)} if self.examples else {})
        return OpenApiParameter(
            self.name,
            type=schema,
            location=OpenApiParameter.QUERY,
            required=self.is_required,
            description=self.description,
        )


def read(query: QueryDict, parameters: Iterable[Parameter]) -> dict[str, Any]:
    """The value of every parameter, by name; its default where it is not given. Raises `Problem`."""
    known = {parameter.name: parameter for parameter in parameters}
    values = {name: parameter.default for name, parameter in known.items()}
    for name, given in query.lists():
        parameter = known.get(name)
        if parameter is None:
            raise Problem(
                UNKNOWN_PARAMETER,
                _("The parameter “%(name)s” is not known here. Allowed: %(allowed)s."),
                {"name": name[:_SHOWN], "allowed": ", ".join(sorted(known))},
                parameter=name[:_SHOWN],
                allowed=sorted(known),
            )
        if len(given) != 1:
            raise invalid(
                name,
                _("The parameter “%(name)s” is given more than once."),
                {"name": name},
                allowed=_("one value"),
            )
        values[name] = parameter.take(name, given[0])
    for name, parameter in known.items():
        if parameter.is_required and name not in query:
            # As if it were empty, which no such parameter takes.
            values[name] = parameter.take(name, "")
    return values


def read_some(query: QueryDict, parameters: Iterable[Parameter]) -> dict[str, Any]:
    """The values of these parameters, whatever else is given: for an address whose other parameters depend on them."""
    chosen = list(parameters)
    given = QueryDict(mutable=True)
    for parameter in chosen:
        if parameter.name in query:
            given.setlist(parameter.name, query.getlist(parameter.name))
    return read(given, chosen)


def one_of(values: Iterable[str]) -> Callable[[str, str], str]:
    """Takes one of a closed list of values."""
    allowed = list(values)

    def take(name: str, text: str) -> str:
        if text not in allowed:
            raise invalid(
                name,
                _("“%(value)s” is not a value of “%(name)s”. Allowed: %(allowed)s."),
                {"value": text[:_SHOWN], "name": name, "allowed": ", ".join(allowed)},
                allowed=allowed,
            )
        return text

    return take


def whole_number(least: int, most: int) -> Callable[[str, str], int]:
    """Takes a whole number of a range, written with the digits 0 to 9."""

    def take(name: str, text: str) -> int:
        number = int(text) if _WHOLE_NUMBER.fullmatch(text) else -1
        if not least <= number <= most:
            raise invalid(
                name,
                _("“%(value)s” is not a value of “%(name)s”: it takes a whole number from %(least)s to %(most)s."),
                {"value": text[:_SHOWN], "name": name, "least": least, "most": most},
                allowed=f"{least}..{most}",
            )
        return number

    return take


def _days(name: str, text: str) -> tuple[datetime.date, datetime.date]:
    try:
        return parse_date_input(text)
    except PeriodError as error:
        raise invalid(name, error.message, error.params, allowed=_DATES) from None


def first_day(name: str, text: str) -> datetime.date:
    """Takes the first day that a date can mean."""
    return _days(name, text)[0]


def last_day(name: str, text: str) -> datetime.date:
    """Takes the last day that a date can mean."""
    return _days(name, text)[1]


def _moment(name: str, text: str) -> str:
    """The moment as the log writes it; a date means its first moment in Taipei."""
    match = _MOMENT.fullmatch(text) if len(text) <= _SHOWN else None
    try:
        if match is None:
            start = datetime.datetime.combine(first_day(name, text), datetime.time(), get_default_timezone())
        else:
            day, clock, fraction, _utc, offset = match.groups()
            # A plus sign that was not encoded in an address arrives as a space.
            start = datetime.datetime.fromisoformat(
                f"{day}T{clock}{fraction or ''}{(offset or '+00:00').replace(' ', '+')}"
            )
        return moment(start, not_before=None)
    except (Problem, ValueError, OverflowError):
        raise invalid(
            name,
            _("“%(value)s” is not a moment: write it like 2022-08-01T00:00:00Z, or as a date."),
            {"value": text[:_SHOWN]},
            allowed=_(
                "a moment such as 2022-08-01T00:00:00Z or 2022-08-01T08:00:00+08:00, or a date such as "
                "2022-08-01 or 111-08-01"
            ),
        ) from None


def _city(name: str, text: str) -> str:
    if not _CITY.fullmatch(text):
        raise invalid(
            name,
            _("“%(value)s” is not the uid of a city."),
            {"value": text[:_SHOWN]},
            allowed=_("a uid such as city:busan"),
        )
    return text


def bad_cursor(name: str = "cursor") -> Problem:
    """A cursor that this list has not handed out."""
    allowed: str | Promise = _("a cursor taken from “next” or “previous” of the same list")
    return invalid(name, _("The cursor is not one that this list has handed out."), allowed=allowed)


LANG = Parameter(
    "lang",
    one_of(LANGUAGES),
    {"type": "string", "enum": list(LANGUAGES)},
    "Every text in one language instead of both; where the English is missing, the Chinese, as "
    "`translation` says. Error messages too.",
)
LANG_OF_ERRORS = Parameter(
    "lang", one_of(LANGUAGES), {"type": "string", "enum": list(LANGUAGES)}, "The language of error messages."
)
LIMIT = Parameter(
    "limit",
    whole_number(1, LIMIT_MOST),
    {"type": "integer", "minimum": 1, "maximum": LIMIT_MOST, "default": LIMIT_USUAL},
    "How many entries a page has at most.",
    default=LIMIT_USUAL,
)
CURSOR = Parameter(
    "cursor",
    lambda _name, text: text,
    {"type": "string"},
    "Where the page begins: taken from `next` or `previous`, never made.",
)
AFTER = Parameter(
    "after",
    whole_number(0, AFTER_MOST),
    {"type": "integer", "minimum": 0, "maximum": AFTER_MOST, "format": "int64", "default": 0},
    "The last row that the reader has seen; 0 to read from the beginning.",
    default=0,
)
TYPE = Parameter(
    "type",
    one_of(TYPES),
    {"type": "string", "enum": list(TYPES)},
    "Only records of this type. Menus and banners are listed only when their type is asked for.",
)
CITY = Parameter(
    "city",
    _city,
    {"type": "string", "pattern": f"^{_CITY.pattern}$"},
    "Only records that name this city, by its uid; none for a city that no record names.",
    examples=("city:busan",),
)
TOPIC = Parameter(
    "topic",
    one_of(TOPICS),
    {"type": "string", "enum": list(TOPICS)},
    "Only records on this topic, by its uid.",
)
_DATE_SCHEMA = {"type": "string", "minLength": 1, "maxLength": 60}
_DATE_EXAMPLES = ("2022-03-17", "2022-03", "111-03-17", "民國111年3月")
FROM = Parameter(
    "from",
    first_day,
    _DATE_SCHEMA,
    "Only records whose own dates reach this date or a later one; ISO or ROC date, a month or a year mean "
    "their first day. Undated "
    "records are left out.",
    examples=_DATE_EXAMPLES,
)
TO = Parameter(
    "to",
    last_day,
    _DATE_SCHEMA,
    "Only records whose own dates begin on this date or earlier; ISO or ROC date, a month or a year mean "
    "their last day. Undated "
    "records are left out.",
    examples=_DATE_EXAMPLES,
)
UPDATED_SINCE = Parameter(
    "updated_since",
    _moment,
    _DATE_SCHEMA,
    "Only records whose present version was published at this moment or later: RFC 3339 with an offset, or "
    "an ISO or ROC date, which "
    "means its first moment in Taipei.",
    examples=("2022-08-01T00:00:00Z", "2022-08-01", "111-08-01"),
)
AS_OF = Parameter(
    "as_of",
    _moment,
    _DATE_SCHEMA,
    "As it was published at this moment, by the log's own times: RFC 3339 with an offset, or an ISO or ROC date, which "
    "means its first moment in Taipei.",
    examples=("2022-08-01T00:00:00Z", "2022-08-01", "111-08-01"),
)
VERSION = Parameter(
    "version",
    whole_number(1, 2**31 - 1),
    {"type": "integer", "minimum": 1},
    "As this version has it, instead of the present one.",
)
SORT = Parameter(
    "sort",
    one_of(SORTS),
    {"type": "string", "enum": list(SORTS), "default": "-date"},
    "The order: by the records' own dates or by first publication, `-` newest first. Undated records come "
    "last in both orders by date.",
    default="-date",
)


def check_order(values: dict[str, Any]) -> None:
    """Refuse a ``from`` after its ``to``."""
    first, last = values["from"], values["to"]
    if first and last and first > last:
        raise invalid(
            "from",
            _("“from” (%(first)s) is after “to” (%(last)s)."),
            {"first": first.isoformat(), "last": last.isoformat()},
            allowed=f"..{last.isoformat()}",
        )
