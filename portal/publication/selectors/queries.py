"""What a list of records can be asked for."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from portal.publication.models import Citation, CurrentRecord
from portal.publication.types import FRAME_TYPES

#: The orders of a list; undated records come last in both orders by date.
SORTS = ("date", "-date", "published_at", "-published_at")


@dataclass(frozen=True, slots=True)
class RecordQuery:
    """A selection of public records and its order. What is None selects nothing away.

    ``types`` None means every type but menus and banners. ``city`` and ``topic`` are the uids of what the
    records cite as such (a city itself is not among its records), ``country`` is their own or that of a city that
    they cite, and ``coded`` are members of the records with the code that each must have. ``start`` and ``end``
    select by overlap with the days that the record's own dates can mean: an undated record is left out when either
    is given, one without a stated end goes on, one whose start is unknown counts from its end. ``updated_since`` is
    a moment as the log writes it.
    """

    types: tuple[str, ...] | None = None
    city: str | None = None
    topic: str | None = None
    country: str | None = None
    coded: tuple[tuple[str, str], ...] = ()
    start: date | None = None
    end: date | None = None
    updated_since: str | None = None
    uids: tuple[str, ...] | None = None
    sort: str = "-date"

    def __post_init__(self) -> None:
        if self.sort not in SORTS:
            raise ValueError(f"unknown sort order {self.sort!r}")

    @property
    def key(self) -> str:
        """The column that the order is by."""
        return "sort_date" if self.sort.endswith("date") else "published_at"

    @property
    def descending(self) -> bool:
        """Whether the newest come first."""
        return self.sort.startswith("-")

    def selection(self) -> QuerySet[CurrentRecord]:
        """The records, in no order."""
        records = CurrentRecord.objects.filter(state=CurrentRecord.State.PUBLIC)
        if self.types is None:
            records = records.exclude(type__in=FRAME_TYPES)
        elif len(self.types) == 1:
            records = records.filter(type=self.types[0])
        else:
            records = records.filter(type__in=self.types)
        for target, role in ((self.city, "city"), (self.topic, "topic")):
            if target is not None:
                records = records.filter(uid__in=Citation.objects.filter(target=target, role=role).values("source"))
        if self.country:
            cities = CurrentRecord.objects.filter(has_code("country", self.country), type="city")
            named = Citation.objects.filter(target__in=cities.values("uid"), role="city")
            records = records.filter(has_code("country", self.country) | Q(uid__in=named.values("source")))
        for member, code in self.coded:
            records = records.filter(has_code(member, code))
        if self.start is not None:
            goes_on = Q(ongoing=True, starts__isnull=False)
            records = records.filter(Q(ends__gte=self.start) | goes_on | Q(ends__isnull=True, starts__gte=self.start))
        if self.end is not None:
            records = records.filter(sort_date__lte=self.end)
        if self.updated_since is not None:
            records = records.filter(modified_at__gte=self.updated_since)
        if self.uids is not None:
            records = records.filter(uid__in=self.uids)
        return records


def has_code(member: str, code: str) -> Q:
    """That a member of a record's own has a code.

    Looked for in the JSON text as it is stored: within a text its quotation marks would be escaped.
    """
    return Q(ready__contains=f'"{member}":"{code}"')
