"""Keeping what an event says of a person."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction

from portal.cases.models import Case, PersonalIndex, PersonalValue
from portal.cases.personal import ciphers, indexing
from portal.cases.personal.keys import data_keys, index_keys
from portal.cases.personal.wrapped import Personal


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
    keys, rows, forms = data_keys(), [], []
    for each in said:
        for name, value in each.values.items():
            if value:
                place = ciphers.Place(each.case.reference, each.event, name)
                sealed = ciphers.encrypted(value, place, keys)
                rows.append(
                    PersonalValue(case=each.case, event=each.event, field=name, sealed=sealed, key=keys.current)
                )
                forms.append((each.found_by.get(name), value))
    with transaction.atomic(savepoint=False):
        PersonalValue.objects.bulk_create(rows)
        indexed = [_indexed(row, by, value) for row, (by, value) in zip(rows, forms, strict=True) if by]
        PersonalIndex.objects.bulk_create(filter(None, indexed))


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


def _indexed(row: PersonalValue, by: str, value: Personal) -> PersonalIndex | None:
    keys = index_keys()
    try:
        form = indexing.normalised(by, value)
    except ValueError:
        return None
    digest = indexing.digest(by, form, keys.key(keys.current))
    return PersonalIndex(value=row, by=by, digest=digest, key=keys.current)
