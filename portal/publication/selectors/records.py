"""Single current records."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson

from portal.core.languages import CHINESE, ENGLISH
from portal.publication.models import Address, CurrentRecord
from portal.publication.ready import Cited
from portal.publication.selectors.direct import by_key

#: What a record can be had as: with language maps, or flattened to a language; and the column that holds that
#: JSON text.
FORMS = {"all": "ready", "zh-Hant": "ready_zh_hant", "en": "ready_en"}

_UID = re.compile(r"[a-z]+:[a-z0-9-]{1,130}")
_LONGEST_PATH = CurrentRecord._meta.get_field("path").max_length or 0


@dataclass(frozen=True, slots=True)
class Served:
    """What answers need of a record: its state, its validators, and its JSON text in one form (empty unless
    it is public).
    """

    uid: str
    type: str
    state: str
    version: int
    row_id: int
    modified_at: str
    etag: str
    changed_at: datetime.datetime
    text: str


_SERVED = ("uid", "type", "state", "version", "row", "modified_at", "etag", "changed_at")


def is_uid(text: str) -> bool:
    """Whether a text could be a record's uid."""
    return bool(_UID.fullmatch(text))


def served(uid: str, form: str = "all") -> Served | None:
    """A record by its uid, whatever its state, as answers need it; None if there never was one. One query."""
    found = by_key(CurrentRecord, (*_SERVED, FORMS[form]), uid) if is_uid(uid) else None
    return None if found is None else Served(*found)


def record(uid: str, form: str = "all") -> CurrentRecord | None:
    """A record by its uid, whatever its state; None if there never was one. Only the JSON text of ``form`` is
    read.
    """
    if not is_uid(uid):
        return None
    return next(iter(_one(form).filter(uid=uid)), None)


def record_at(path: str, form: str = "all") -> CurrentRecord | None:
    """The record at an address (Chinese path, ``/visits/x/``), whatever its state; None if there never was
    one.

    At a present address one query. An address that a record once had leads to that record, to the last one
    that had it: whoever asks redirects if its ``path`` is another, and says that it is gone if it is not
    public.
    """
    if "\x00" in path or len(path) > _LONGEST_PATH:
        return None
    # Only public records have a path. Were the state asked for too, SQLite would walk through all that are public.
    found = next(iter(_one(form).filter(path=path)), None)
    if found is None:
        uids = Address.objects.filter(path=path).order_by("-since").values_list("uid", flat=True)[:1]
        found = next((record(uid, form) for uid in uids), None)
    return found


def ready_among(uids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Those of these records that are public, by uid, as they are served. One query."""
    public = CurrentRecord.objects.filter(uid__in=set(uids), state=CurrentRecord.State.PUBLIC)
    return {uid: orjson.loads(text) for uid, text in public.values_list("uid", "ready")}


def public_among(uids: Iterable[str]) -> dict[str, Cited]:
    """Those of these records that are public, by uid, as others name them."""
    public = CurrentRecord.objects.filter(uid__in=set(uids), state=CurrentRecord.State.PUBLIC)
    return {
        uid: Cited(uid, record_type, {CHINESE: chinese, ENGLISH: english or None}, path)
        for uid, record_type, chinese, english, path in public.values_list(
            "uid", "type", "title_zh_hant", "title_en", "path"
        )
    }


def _one(form: str):
    return CurrentRecord.objects.defer(*(column for name, column in FORMS.items() if name != form))
