"""Which month of which kind is to be counted, as people name it, and why it cannot be."""

import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.cases.counts.describing import kinds
from portal.cases.counts.periods import is_over
from portal.cases.kinds import KINDS
from portal.cases.kinds.declaration import Kind
from portal.core.periods import MONTH, Period, PeriodError, parse_period


class NotCounted(Exception):
    """Why nothing was counted; ``str()`` says it in the active language."""

    def __init__(self, message: str | Promise, **params: Any) -> None:
        super().__init__(message)
        self.message, self.params = message, params

    def __str__(self) -> str:
        return str(self.message) % self.params


def kind_of(name: str) -> Kind:
    """The kind of a name. Raises `NotCounted`."""
    try:
        return KINDS[name]
    except KeyError:
        known = ", ".join(kinds())
        raise NotCounted(_("There is no kind %(name)s; there are: %(kinds)s."), name=name, kinds=known) from None


def month_of(code: str, now: datetime.datetime) -> Period:
    """The month of a period's code, one that is over: it would be counted again and again otherwise, and every version
    be published against the one before. Raises `NotCounted`.
    """
    try:
        period = parse_period(code)
    except PeriodError as error:
        raise NotCounted("%(reason)s", reason=error) from None
    if period.precision != MONTH:
        raise NotCounted(_("Cases are counted by months, such as 2022-06; %(code)s is none."), code=code)
    if not is_over(period, now):
        raise NotCounted(_("%(code)s is not over yet."), code=code)
    return period
