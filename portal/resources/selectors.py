"""What can be reserved, and when it is taken: nothing here tells for whom, or how many reservations there are."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from portal.core.languages import CHINESE, ENGLISH
from portal.resources.models import Reservation, Resource


@dataclass(frozen=True)
class Busy:
    """A period in which a resource is taken, until just before ``ends_at``. ``changed_at`` is when that was last
    changed.
    """

    starts_at: datetime.datetime
    ends_at: datetime.datetime
    changed_at: datetime.datetime


def offered(type: str) -> list[Resource]:
    """What can be reserved of a type, in the order of the codes."""
    return list(Resource.objects.filter(type=type, is_offered=True).order_by("code"))


def venues() -> list[Resource]:
    """The venues that can be booked, in the order of the codes."""
    return offered("venue")


def venue(code: str) -> Resource | None:
    """The venue of a code that can be reserved."""
    return Resource.objects.filter(type=Resource.Type.VENUE, is_offered=True, code=code).first()


def agency_of(code: str) -> str | None:
    """The agency that lends the resource of a code; None where there is none of it."""
    return Resource.objects.filter(code=code).values_list("agency", flat=True).first()


def names(codes: Iterable[str]) -> dict[str, dict[str, str]]:
    """What the resources of these codes are called, in both languages."""
    return {resource.code: name_of(resource) for resource in Resource.objects.filter(code__in=set(codes))}


def name_of(resource: Resource) -> dict[str, str]:
    """What a resource is called, in both languages."""
    return {CHINESE: resource.name_zh_hant, ENGLISH: resource.name_en}


def busy(resource: Resource, start: datetime.datetime, end: datetime.datetime) -> list[Busy]:
    """When a resource is taken between two moments, in order, cut off at both; what touches is one."""
    taken: list[Busy] = []
    met = Reservation.objects.filter(resource=resource, starts_at__lt=end, ends_at__gt=start).order_by("starts_at")
    for each in met:
        first, last, changed = max(each.starts_at, start), min(each.ends_at, end), each.changed_at
        if taken and taken[-1].ends_at == first:
            before = taken.pop()
            first, changed = before.starts_at, max(before.changed_at, changed)
        taken.append(Busy(first, last, changed))
    return taken
