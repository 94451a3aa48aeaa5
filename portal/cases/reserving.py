"""Can a case have the room or vehicle that it is going to say? Looked at before anything is written, so that who is
refused is told which field is wrong, and nobody else's case suffers.

The resources are locked from the look to the end of the transaction: what is free then is free still when it is
reserved (`reservations.keep`). The database's own constraint stands behind both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.cases import actors
from portal.cases.events import Change
from portal.cases.kinds import KINDS
from portal.cases.kinds.declaration import Kind, Reserves
from portal.cases.kinds.steps import RECEIVED
from portal.cases.kinds.validation import pointer
from portal.cases.models import Case, Held
from portal.cases.refusals import Problem, Refused, Taken, ValuesInvalid
from portal.cases.reservations import named
from portal.core.languages import tag, text
from portal.core.periods import DAY, days_label
from portal.resources.models import Resource
from portal.resources.reserving import Slot, clash, lock
from portal.resources.selectors import name_of


def reservable(change: Change, now: datetime) -> Change:
    """The change with what the portal adds to it. Raises `ValuesInvalid` or `Taken`."""
    (looked_at,) = reservable_all([change], now)
    if isinstance(looked_at, Refused):
        raise looked_at
    return looked_at


def reservable_all(changes: Sequence[Change], now: datetime) -> list[Change | Refused]:
    """Each change with what the portal adds to it, or why it cannot be; of two that meet the first is had."""
    said = [_said(change) for change in changes]
    codes = {each[reserves.resource] for reserves, each in filter(None, said) if each.get(reserves.resource)}
    resources = lock(codes)
    outcomes: list[Change | Refused] = []
    given: list[Slot] = []
    for change, each in zip(changes, said, strict=True):
        if each is None:
            outcomes.append(change)
            continue
        try:
            outcomes.append(_looked_at(change, *each, resources, given, now))
        except Refused as refusal:
            outcomes.append(refusal)
    return outcomes


@transaction.atomic
def foresee(*, kind: str, agency: str, plain: Mapping[str, Any], now: datetime) -> None:
    """Whether a case with these values, valid otherwise, could reserve what it names if it were received now. Raises
    what `receiving.receive` would: `ValuesInvalid` or `Taken`. Nothing is written.
    """
    case = Case(kind=kind, agency=agency)
    state = KINDS[kind].initial.name
    reservable(Change(case, RECEIVED, actors.CITIZEN, now, plain, state=state, closed=False), now)


def _said(change: Change) -> tuple[Reserves, Mapping[str, Any]] | None:
    """What the case will say after a change; None where that reserves nothing anew."""
    reserves = KINDS[change.case.kind].reserves
    if reserves is None:
        return None
    data = dict(change.case.data or {}) | dict(change.plain)
    begins = (change.state in reserves.while_in) and change.case.state not in reserves.while_in
    return (reserves, data) if begins or set(reserves.fields) & set(change.plain) else None


def _looked_at(
    change: Change,
    reserves: Reserves,
    data: Mapping[str, Any],
    resources: Mapping[str, Resource],
    given: list[Slot],
    now: datetime,
) -> Change:
    """One change; ``given`` are the slots of those before, to which its own comes."""
    kind = KINDS[change.case.kind]
    problems = [*_period(kind, reserves, change, data, now), *_resource(kind, reserves, change, resources)]
    if problems:
        raise ValuesInvalid(problems)
    resource = resources.get(data.get(reserves.resource, ""))
    if resource is None:
        return change
    state = change.case.state if change.state is None else change.state
    wanted = named(reserves, state, data)
    if wanted is not None:
        slot = Slot(resource.pk, *wanted[1:])
        own = (
            Held.objects.filter(case=change.case).values_list("reservation", flat=True).first()
            if change.case.pk
            else None
        )
        met = next((slot.common(each) for each in given if each.meets(slot)), None) or clash(slot, besides=own)
        if met is not None:
            raise _taken(reserves, resource, met)
        given.append(slot)
    if reserves.counted_as and reserves.resource in change.plain:
        return replace(change, plain=dict(change.plain) | {reserves.counted_as.name: resource.facility})
    return change


def _period(kind: Kind, reserves: Reserves, change: Change, data: Mapping[str, Any], now: datetime) -> list[Problem]:
    """What is wrong with a period that the change says."""
    if not {reserves.starts_at, reserves.ends_at} & set(change.plain):
        return []
    starts_at, ends_at = (datetime.fromisoformat(data[name]) for name in (reserves.starts_at, reserves.ends_at))
    begins, ends = kind.fields_by_name[reserves.starts_at], kind.fields_by_name[reserves.ends_at]
    if ends_at <= starts_at:
        message = _("“%(label)s” must be later than “%(begin)s”.")
        return [Problem(pointer(ends.name), "ends-before", message, {"label": ends.label, "begin": begins.label})]
    if ends_at - starts_at > reserves.longest:
        message = _("“%(label)s”: at most %(days)s days at a time.")
        params = {"label": ends.label, "days": reserves.longest // timedelta(days=1)}
        return [Problem(pointer(ends.name), "too-long", message, params)]
    if starts_at - now > reserves.ahead:
        message = _("“%(label)s”: at most %(days)s days ahead.")
        params = {"label": begins.label, "days": reserves.ahead // timedelta(days=1)}
        return [Problem(pointer(begins.name), "too-far", message, params)]
    return []


def _resource(kind: Kind, reserves: Reserves, change: Change, resources: Mapping[str, Resource]) -> list[Problem]:
    """What is wrong with a resource that the change names: an agency lends its own, and what is offered."""
    code = change.plain.get(reserves.resource)
    if code is None:
        return []
    field, found = kind.fields_by_name[reserves.resource], resources.get(code)
    agency = change.case.agency if change.agency is None else change.agency
    if found and found.type == field.takes and found.is_offered and found.agency == agency:
        return []
    message = _("“%(label)s”: there is none of this code that can be reserved here.")
    return [Problem(pointer(field.name), "resource-unknown", message, {"label": field.label})]


def _taken(reserves: Reserves, resource: Resource, met: Slot) -> Taken:
    message = _("%(name)s is taken from %(begin)s to %(end)s. Choose another time, or another place or vehicle.")
    params = {"name": _name(resource), "begin": _moment(met.starts_at), "end": _moment(met.ends_at)}
    return Taken(Problem(pointer(reserves.resource), Taken.code, message, params), reserves.fields)


def _name_now(resource: Resource) -> str:
    return str(text(name_of(resource), tag(get_language() or "")))


def _moment_now(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{days_label(local.date(), local.date(), DAY, tag(get_language() or ''))} {local:%H:%M}"


#: Said in the language of whoever reads it, which is known only then.
_name, _moment = lazy(_name_now, str), lazy(_moment_now, str)
