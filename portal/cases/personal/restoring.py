"""Erasures and readings outlive a restore.

The values themselves are in backups, encrypted, since a case must survive; the keys are not. What was erased after a
backup was made comes back with it and is erased again here; where the database that is replaced is lost, retention
erases again what is past its time, and only erasures at a person's request have to be repeated by hand.
"""

from collections.abc import Callable
from typing import TypeVar

from django.db import connection, transaction

from portal.cases.attachments import erasing as attachments
from portal.cases.models import Attachment, Erasure, PersonalIndex, PersonalValue, Reading

_BATCH = 500
_Row = TypeVar("_Row", Erasure, Reading)


def remember() -> Callable[[], None]:
    """What erases again, and puts the audit back, as both are in the database to be replaced."""
    if Erasure._meta.db_table not in connection.introspection.table_names():
        return lambda: None
    erasures, readings = list(Erasure.objects.order_by("at")), list(Reading.objects.order_by("at"))

    def put_back() -> None:
        with transaction.atomic():
            for erasure in _missing(Erasure, erasures):
                PersonalIndex.objects.filter(value__case__reference=erasure.reference).delete()
                PersonalValue.objects.filter(case__reference=erasure.reference).delete()
                attachments.erase(Attachment.objects.filter(case__reference=erasure.reference), erasure.at)
                erasure.save(force_insert=True)
            Reading.objects.bulk_create(_missing(Reading, readings), batch_size=_BATCH)

    return put_back


def _missing(table: type[_Row], rows: list[_Row]) -> list[_Row]:
    """Those of the rows that the restored database does not hold."""
    held = set(table._default_manager.values_list("pk", flat=True))
    return [row for row in rows if row.pk not in held]
