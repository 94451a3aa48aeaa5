"""The rows that say who has read what."""

import re
from collections.abc import Iterable, Sequence

from django.db import connection, transaction
from django.utils import timezone

from portal.cases.models import Reading

_ACTOR = re.compile(r"(?:user|module|system):[A-Za-z0-9_.\-]{1,64}")


def noted(act: str, *, actor: str, purpose: str, fields: Iterable[str], found: int, reference: str = "") -> Reading:
    """An audit row, not yet kept. Raises ValueError for an actor or a purpose that is none, without repeating it: a
    name or an address may have been given instead.
    """
    if not _ACTOR.fullmatch(actor):
        raise ValueError("an actor is user:, module: or system: and an id")
    if purpose not in Reading.Purpose.values:
        raise ValueError("not one of the purposes for which personal data is read")
    return Reading(
        at=timezone.now(),
        act=act,
        actor=actor,
        purpose=purpose,
        reference=reference,
        fields=sorted(set(fields)),
        found=found,
    )


def keep(readings: Sequence[Reading]) -> None:
    """Keep audit rows, all or none, with one statement however many they are (`bulk_create` would split a page of the
    feed).
    """
    columns = Reading._meta.concrete_fields
    quote = connection.ops.quote_name
    names = ", ".join(quote(column.column) for column in columns)
    statement = f"INSERT INTO {quote(Reading._meta.db_table)} ({names}) VALUES ({', '.join(['%s'] * len(columns))})"  # noqa: S608
    rows = [
        [column.get_db_prep_save(getattr(reading, column.attname), connection) for column in columns]
        for reading in readings
    ]
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.executemany(statement, rows)
