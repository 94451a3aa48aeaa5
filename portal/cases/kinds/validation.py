"""Are the values that somebody sent as the kind declares? Pure: nothing is looked up.

Values are those of JSON: texts, integers and booleans by field name; what is None or an empty text is not given. What
comes back is in one form: texts without white space at their ends, dates and moments as ISO 8601, moments in UTC.
"""

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from portal.cases import identity_numbers, references
from portal.cases.kinds.characters import forbidden, tidied
from portal.cases.kinds.fields import Field, FieldType, When
from portal.cases.personal.wrapped import Personal
from portal.cases.refusals import Problem, ValuesInvalid
from portal.core.codes import CODE

#: How far a sender's clock may be ahead of ours.
CLOCKS_DIFFER = datetime.timedelta(minutes=5)
#: No amount and no integer has more digits before the point.
MOST_DIGITS = 12
LARGEST = 10**MOST_DIGITS - 1
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_MOST_UNKNOWN_TOLD = 20


@dataclass(frozen=True)
class Times:
    """What dates are held against: when the case was received, and the present. Both aware."""

    received_at: datetime.datetime
    now: datetime.datetime


@dataclass(frozen=True)
class Values:
    """Valid values, those that are personal apart and wrapped."""

    plain: dict[str, Any]
    personal: dict[str, Personal]


class _Wrong(Exception):
    """What is wrong with one value."""

    def __init__(self, reason: str, text: Promise, **params: Any) -> None:
        self.reason, self.text, self.params = reason, text, params


def validated(
    values: Mapping[str, Any],
    fields: Iterable[Field],
    times: Times,
    *,
    at_least_one: Iterable[tuple[str, ...]] = (),
    required: Callable[[Field], bool] = lambda field: field.required,
) -> Values:
    """The values in their one form.

    Raises `ValuesInvalid` with every problem: fields that are unknown, missing, of another type, beyond their limits,
    or at times that cannot be.
    """
    known = {field.name: field for field in fields}
    problems: list[Problem] = []
    read: dict[str, Any] = {}
    for field in known.values():
        value = values.get(field.name)
        try:
            if not is_given(value):
                if required(field):
                    raise _Wrong("required", _("“%(label)s” is required."))
                continue
            read[field.name] = _READERS[field.type](field, value, times)
        except _Wrong as wrong:
            params = {"label": field.label, **wrong.params}
            problems.append(Problem(pointer(field.name), wrong.reason, wrong.text, params))
    for names in at_least_one:
        if not any(is_given(values.get(name)) for name in names):
            labels = format_lazy(" / ".join(["{}"] * len(names)), *(known[name].label for name in names))
            text = _("At least one of these is required: %(labels)s.")
            problems.append(Problem(pointer(names[0]), "one-required", text, {"labels": labels}))
    unknown = [name for name in values if name not in known]
    problems += [
        Problem(pointer(str(name)[:100]), "unknown-field", _("There is no such field."))
        for name in unknown[:_MOST_UNKNOWN_TOLD]
    ]
    if problems:
        raise ValuesInvalid(problems)
    return Values(
        plain={name: value for name, value in read.items() if not known[name].personal},
        personal={name: Personal(value) for name, value in read.items() if known[name].personal},
    )


def pointer(name: str) -> str:
    """The JSON pointer (RFC 6901) of a member."""
    return "/" + name.replace("~", "~0").replace("/", "~1")


def is_given(value: Any) -> bool:
    """Whether a value says something: it is neither None nor a text without any character but white space."""
    return value is not None and not (isinstance(value, str) and not value.strip())


def _text(field: Field, value: Any, _times: Times) -> str:
    if not isinstance(value, str):
        raise _Wrong("type", _("“%(label)s” is a text."))
    text = tidied(value, multiline=field.multiline)
    found = forbidden(text, multiline=field.multiline)
    if found:
        if found.reorders:
            message = _("“%(label)s” holds a mark that reorders text (%(code)s, character %(position)s); take it out.")
        else:
            message = _("“%(label)s” holds a control character (%(code)s, character %(position)s); take it out.")
        raise _Wrong("character", message, code=found.code, position=found.position)
    if len(text) > field.max_length:
        message = _("“%(label)s” has %(length)s characters; at most %(most)s are possible.")
        raise _Wrong("too-long", message, length=len(text), most=field.max_length)
    if field.rule and not (re.fullmatch(field.rule.pattern.strip("^$"), text) and field.rule.holds(text)):
        raise _Wrong("format", field.rule.message)
    if not field.personal and identity_numbers.found(text):
        raise _Wrong("identity-number", _("“%(label)s” is no place for an identity number; take it out."))
    return text


def _choice(field: Field, value: Any, _times: Times) -> str:
    if not isinstance(value, str) or value not in field.codes:
        codes = ", ".join(choice.code for choice in field.choices)
        raise _Wrong("choice", _("“%(label)s” is one of: %(codes)s."), codes=codes)
    return value


def _date(field: Field, value: Any, times: Times) -> str:
    try:
        if not isinstance(value, str) or not _DATE.fullmatch(value):
            raise ValueError
        day = datetime.date.fromisoformat(value)
    except ValueError:
        raise _Wrong("type", _("“%(label)s” is a date such as 2022-05-31.")) from None
    received, today = timezone.localdate(times.received_at), timezone.localdate(times.now)
    _check_when(field, before=day < received, after_receipt=day > received, ahead=day > today)
    return day.isoformat()


def _datetime(field: Field, value: Any, times: Times) -> str:
    try:
        if not isinstance(value, str) or not _MOMENT.fullmatch(value):
            raise ValueError
        moment = datetime.datetime.fromisoformat(value.upper()).astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        raise _Wrong("type", _("“%(label)s” is a time such as 2022-05-31T14:30:00+08:00.")) from None
    _check_when(
        field,
        before=moment < times.received_at,
        after_receipt=moment > times.received_at + CLOCKS_DIFFER,
        ahead=moment > times.now + CLOCKS_DIFFER,
    )
    return written(moment)


def _check_when(field: Field, *, before: bool, after_receipt: bool, ahead: bool) -> None:
    if field.when in (When.SINCE_RECEIPT, When.FROM_RECEIPT) and before:
        raise _Wrong("before-receipt", _("“%(label)s” is before the case was received."))
    if field.when is When.SINCE_RECEIPT and ahead:
        raise _Wrong("in-future", _("“%(label)s” lies in the future."))
    if field.when is When.BY_RECEIPT and after_receipt:
        raise _Wrong("after-receipt", _("“%(label)s” is after the case was received."))


def _amount(field: Field, value: Any, _times: Times) -> str:
    scale = rf"(\.[0-9]{{1,{field.decimals}}})?" if field.decimals else ""
    if not isinstance(value, str) or not re.fullmatch(rf"-?[0-9]{{1,{MOST_DIGITS}}}{scale}", value.strip()):
        if field.decimals:
            message = _("“%(label)s” is an amount in dollars as a text of digits, with at most %(decimals)s decimals.")
        else:
            message = _("“%(label)s” is an amount in whole dollars as a text of digits, such as 1200.")
        raise _Wrong("type", message, decimals=field.decimals)
    amount = Decimal(value.strip())
    _check_limits(field, amount)
    return f"{amount + 0:.{field.decimals}f}"


def _integer(field: Field, value: Any, _times: Times) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > LARGEST:
        raise _Wrong("type", _("“%(label)s” is a whole number."))
    _check_limits(field, value)
    return value


def _check_limits(field: Field, value: Decimal | int) -> None:
    if field.minimum is not None and value < field.minimum:
        raise _Wrong("too-small", _("“%(label)s” is at least %(least)s."), least=field.minimum)
    if field.maximum is not None and value > field.maximum:
        raise _Wrong("too-large", _("“%(label)s” is at most %(most)s."), most=field.maximum)


def _boolean(_field: Field, value: Any, _times: Times) -> bool:
    if not isinstance(value, bool):
        raise _Wrong("type", _("“%(label)s” is true or false."))
    return value


def _case(_field: Field, value: Any, _times: Times) -> str:
    try:
        return references.normalised(value if isinstance(value, str) else "")
    except ValueError:
        raise _Wrong("type", _("“%(label)s” is the reference number of a case.")) from None


def _agency(_field: Field, value: Any, _times: Times) -> str:
    if not isinstance(value, str) or not CODE.fullmatch(value.strip()):
        raise _Wrong("type", _("“%(label)s” is the code of an agency: small letters, digits and hyphens."))
    return value.strip()


def _resource(_field: Field, value: Any, _times: Times) -> str:
    if not isinstance(value, str) or not CODE.fullmatch(value):
        raise _Wrong("resource-unknown", _("“%(label)s”: choose one of the list."))
    return value


def written(moment: datetime.datetime) -> str:
    """A moment as values hold it: RFC 3339, UTC."""
    return moment.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")


_READERS: dict[FieldType, Callable[[Field, Any, Times], Any]] = {
    FieldType.TEXT: _text,
    FieldType.CHOICE: _choice,
    FieldType.DATE: _date,
    FieldType.DATETIME: _datetime,
    FieldType.AMOUNT: _amount,
    FieldType.INTEGER: _integer,
    FieldType.BOOLEAN: _boolean,
    FieldType.CASE: _case,
    FieldType.AGENCY: _agency,
    FieldType.RESOURCE: _resource,
}
