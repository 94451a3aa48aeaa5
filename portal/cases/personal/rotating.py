"""Bringing what is kept under an older key under the current one, batch by batch: a run that was cut off is simply
started again, and reading and writing go on meanwhile.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Count, QuerySet

from portal.cases.attachments.sealing import file_key, sealed
from portal.cases.models import Attachment, PersonalIndex, PersonalValue
from portal.cases.personal import ciphers, indexing
from portal.cases.personal.keys import Keyring, Unreadable, data_keys, index_keys
from portal.cases.personal.wrapped import Personal
from portal.cases.webhooks import sealing


@dataclass(frozen=True, slots=True)
class InUse:
    """How much is kept under each key of a setting: id → rows. ``missing`` are the ids that the setting does not hold:
    values under them cannot be read, and cases are not found by hashes under them.
    """

    setting: str
    current: str
    rows: dict[str, int]
    missing: list[str]


@dataclass(slots=True)
class Progress:
    """How many values, hashes and keys of attachments are under the current keys now that were not, and the values and
    attachments (by number) that cannot be read.
    """

    values: int = 0
    hashes: int = 0
    attachments: int = 0
    unreadable: set[int] = field(default_factory=set)
    unreadable_attachments: set[int] = field(default_factory=set)


def in_use() -> list[InUse]:
    """What is kept under which keys: values, with the secrets of webhooks and the keys of attachments, then what values
    are found by.
    """
    files = Attachment.objects.filter(erased_at=None)
    kept = _rows(PersonalValue.objects.all()) + Counter(sealing.in_use()) + _rows(files)
    return [_in_use(data_keys(), kept), _in_use(index_keys(), _rows(PersonalIndex.objects.all()))]


def rotate(batch: int) -> Iterator[Progress]:
    """Encrypt and hash anew whatever is not under the current keys; the progress so far after each batch, which is one
    transaction. What cannot be read stays as it is.
    """
    progress = Progress()
    sealing.seal_all_again()
    for step in (_encrypt_batch, _attachments_batch, _index_batch):
        after = 0
        while after := step(after, batch, progress):
            yield progress


def _encrypt_batch(after: int, batch: int, progress: Progress) -> int:
    """Do the batch behind this number; its last number, or 0 if there is none."""
    keys = data_keys()
    older = PersonalValue.objects.exclude(key=keys.current).filter(pk__gt=after).select_related("case")
    with transaction.atomic():
        rows = list(older.order_by("pk").select_for_update(of=("self",))[:batch])
        for row in rows:
            try:
                row.sealed = ciphers.encrypted(_value(row, keys), _place(row), keys)
            except Unreadable:
                progress.unreadable.add(row.pk)
                continue
            row.key = keys.current
            row.save(update_fields=["sealed", "key"])
            progress.values += 1
    return rows[-1].pk if rows else 0


def _attachments_batch(after: int, batch: int, progress: Progress) -> int:
    """The same for the keys of attachments: the files themselves stay as they are."""
    keys = data_keys()
    older = Attachment.objects.filter(erased_at=None, pk__gt=after).exclude(key=keys.current).select_related("case")
    with transaction.atomic():
        rows = list(older.order_by("pk").select_for_update(of=("self",))[:batch])
        for row in rows:
            try:
                row.sealed = sealed(file_key(row, keys), row.case.reference, row.event, row.uid, keys)
            except Unreadable:
                progress.unreadable_attachments.add(row.pk)
                continue
            row.key = keys.current
            row.save(update_fields=["sealed", "key"])
            progress.attachments += 1
    return rows[-1].pk if rows else 0


def _index_batch(after: int, batch: int, progress: Progress) -> int:
    """The same for hashes. They cannot be turned into others, and are made again from the values."""
    keys, values = index_keys(), data_keys()
    older = PersonalIndex.objects.exclude(key=keys.current).filter(pk__gt=after).select_related("value__case")
    with transaction.atomic():
        rows = list(older.order_by("pk").select_for_update(of=("self",))[:batch])
        for row in rows:
            try:
                form = indexing.normalised(row.by, _value(row.value, values))
            except Unreadable:
                progress.unreadable.add(row.pk)
                continue
            row.digest, row.key = indexing.digest(row.by, form, keys.key(keys.current)), keys.current
            row.save(update_fields=["digest", "key"])
            progress.hashes += 1
    return rows[-1].pk if rows else 0


def _place(row: PersonalValue) -> ciphers.Place:
    return ciphers.Place(row.case.reference, row.event, row.field)


def _value(row: PersonalValue, keys: Keyring) -> Personal:
    return ciphers.decrypted(row.sealed, _place(row), row.key, keys)


def _rows(kept: QuerySet) -> Counter[str]:
    return Counter(dict(kept.order_by("key").values_list("key").annotate(Count("pk"))))


def _in_use(keys: Keyring, rows: Counter[str]) -> InUse:
    return InUse(keys.setting, keys.current, dict(sorted(rows.items())), sorted(set(rows) - set(keys.ids)))
