"""Keeping what an event says of a person."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction

from portal.cases.models import Case, PersonalIndex, PersonalValue
from portal.cases.personal import ciphers, indexing
from portal.cases.personal.keys import data_keys, index_keys
from portal.cases.personal.wrapped import Personal
from portal.core import many_rows


@dataclass(frozen=True, slots=True)
class Said:
    """What one event of a case says: field → value. ``found_by`` names the fields that the case is to be found by, and
    as what (`PersonalIndex.By`).
    """

    case: Case
    event: int
    values: Mapping[str, Personal]
    found_by: Mapping[str, str] = field(default_factory=dict)


def store(case: Case, event: int, values: Mapping[str, Personal], *, found_by: Mapping[str, str] | None = None) -> None:
    """Keep what an event says, encrypted; empty values are not kept. Within the transaction that appends the event."""
    store_all([Said(case, event, values, found_by or {})])


def store_all(said: Iterable[Said]) -> None:
    """Keep what many events say, with two statements. A value that cannot be normalised is kept, but not found."""
    cipher, rows, digests = ciphers.Encryption(data_keys()), [], []
    by_index = _Index()
    for each in said:
        for name, value in each.values.items():
            if value:
                sealed = cipher.encrypted(value, ciphers.Place(each.case.reference, each.event, name))
                rows.append((each.case.pk, each.event, name, sealed, cipher.key))
                by = each.found_by.get(name)
                digests.append(by_index.entry(by, value) if by else None)
    with transaction.atomic(savepoint=False):
        kept = many_rows.insert(PersonalValue, ("case_id", "event", "field", "sealed", "key"), rows)
        found = [(value, *entry) for value, entry in zip(kept, digests, strict=True) if entry]
        many_rows.insert(PersonalIndex, ("value_id", "by", "digest", "key"), found)


def take_out(case: Case, event: int, fields: Collection[str]) -> None:
    """Delete what was said before for these fields of a case, and what it is found by; an empty value stays in its
    place, so that whoever follows the events learns that nothing is said any more.
    """
    keys = data_keys()
    with transaction.atomic():
        said_before = PersonalValue.objects.filter(case=case, field__in=fields, event__lt=event)
        PersonalIndex.objects.filter(value__in=said_before).delete()
        said_before.delete()
        PersonalValue.objects.bulk_create(
            PersonalValue(
                case=case,
                event=event,
                field=name,
                sealed=ciphers.encrypted(Personal(""), ciphers.Place(case.reference, event, name), keys),
                key=keys.current,
            )
            for name in fields
        )


def carry(earlier: Case, case: Case, event: int, fields: Collection[str], *, found_by: Mapping[str, str]) -> None:
    """Keep with an event of a case what was last said for these fields in an earlier one. Nobody reads it on the way,
    so there is no audit row. Raises `keys.Unreadable`.
    """
    keys = data_keys()
    kept = PersonalValue.objects.filter(case=earlier, field__in=fields).order_by("event")
    last = {row.field: row for row in kept}
    values = {
        name: ciphers.decrypted(row.sealed, ciphers.Place(earlier.reference, row.event, name), row.key, keys)
        for name, row in last.items()
    }
    store(case, event, values, found_by=found_by)


class _Index:
    """What values are found by, under the current key of the index."""

    def __init__(self) -> None:
        keys = index_keys()
        self._id, self._key = keys.current, keys.key(keys.current)

    def entry(self, by: str, value: Personal) -> tuple[str, str, str] | None:
        """As what, by which digest under which key a value is found; None for one that cannot be normalised."""
        try:
            form = indexing.normalised(by, value)
        except ValueError:
            return None
        return by, indexing.digest(by, form, self._key), self._id
