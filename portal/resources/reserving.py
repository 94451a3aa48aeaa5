"""Reserving resources, and giving them back. Whoever asks is in a transaction that does what the reservation is for.

Who means to reserve locks the resources first (`lock`), all of them at once: then what `clash` does not find is not
there until the transaction ends. The database's own constraint stands behind that.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from portal.resources.models import Reservation, Resource


@dataclass(frozen=True, order=True)
class Slot:
    """A period of a resource (its key): from ``starts_at`` until just before ``ends_at``, both aware."""

    resource: int
    starts_at: datetime.datetime
    ends_at: datetime.datetime

    def meets(self, other: "Slot") -> bool:
        """Whether both hold the resource at some moment."""
        return self.resource == other.resource and self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def common(self, other: "Slot") -> "Slot":
        """What both hold, of two that meet."""
        return Slot(self.resource, max(self.starts_at, other.starts_at), min(self.ends_at, other.ends_at))


def lock(codes: Iterable[str]) -> dict[str, Resource]:
    """The resources of these codes, as far as there are any, locked in one order until the transaction ends."""
    wanted = set(codes)
    if not wanted:
        return {}
    found = Resource.objects.select_for_update().filter(code__in=wanted).order_by("pk")
    return {resource.code: resource for resource in found}


def clash(slot: Slot, *, besides: int | None = None) -> Slot | None:
    """The first part of a slot in which it is taken; None where it is free. What touches is one, as everywhere. The
    reservation with the key ``besides`` does not count.
    """
    met = Reservation.objects.filter(
        resource=slot.resource, starts_at__lt=slot.ends_at, ends_at__gt=slot.starts_at
    ).exclude(pk=besides)
    first: datetime.datetime | None = None
    last = slot.starts_at
    for each in met.order_by("starts_at"):
        if first is not None and each.starts_at != last:
            break
        first, last = first or max(each.starts_at, slot.starts_at), min(each.ends_at, slot.ends_at)
    return Slot(slot.resource, first, last) if first else None


def slot_of(reservation: Reservation) -> Slot:
    """What a reservation holds."""
    return Slot(reservation.resource_id, reservation.starts_at, reservation.ends_at)


def reserve(slot: Slot) -> Reservation:
    """A new reservation. Raises IntegrityError where it would meet another."""
    return Reservation.objects.create(resource_id=slot.resource, starts_at=slot.starts_at, ends_at=slot.ends_at)


def move(reservation: Reservation, slot: Slot) -> None:
    """Let a reservation hold another slot. Raises IntegrityError where it would meet another."""
    reservation.resource_id, reservation.starts_at, reservation.ends_at = slot.resource, slot.starts_at, slot.ends_at
    reservation.save()
