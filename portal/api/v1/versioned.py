"""Which version of a dataset a request means: the present one, a numbered one, or the one of a moment."""

from dataclasses import dataclass
from typing import Any

import orjson
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.api.v1.conditional import Validators, validators
from portal.api.v1.problems import NOT_FOUND, Problem, invalid, redacted, withdrawn
from portal.api.v1.records import check_dataset, public_record
from portal.publication import selectors
from portal.publication.models import LogRow
from portal.publication.selectors import Tombstone, Version


@dataclass(frozen=True, slots=True)
class Meant:
    """A version of a dataset: its document or ready record (their members are the same, but for what is resolved), its
    number, and what tells answers from it apart.
    """

    document: dict[str, Any]
    version: int
    validators: Validators

    @property
    def digest(self) -> str:
        """The digest of its table."""
        return self.document["table"]["digest"]


def meant(request: HttpRequest, uid: str, *, version: int | None = None, as_of: str | None = None) -> Meant:
    """The version of a dataset that the parameters mean. Raises `Problem` where it is withdrawn or redacted, or never
    was.
    """
    check_dataset(uid)
    if version is not None and as_of is not None:
        raise invalid(
            "as_of", _("“version” and “as_of” can't both be given."), {}, allowed=_("one of “version” and “as_of”")
        )
    if version is None and as_of is None:
        record = public_record(uid, "all")
        document = orjson.loads(record.text)
        return Meant(document, document["version"], validators(request, record.etag, record.changed_at))
    # A redaction changes old versions.
    head = selectors.head()
    found = selectors.version(uid, version) if version is not None else selectors.row_on(uid, as_of or "")
    if found is None and version is not None:
        raise Problem(
            NOT_FOUND, _("There is no version %(number)s of “%(uid)s”."), {"number": version, "uid": uid[:140]}
        )
    if found is None:
        raise Problem(NOT_FOUND, _("At that moment there was no “%(uid)s”."), {"uid": uid[:140]})
    return Meant(_document(found), found.members["version"], validators(request, head.stamp, head.changed_at))


def _document(found: Version) -> dict[str, Any]:
    row = found.members
    if row["action"] == LogRow.Action.REDACT or found.redacted_by is not None:
        raise redacted(selectors.redaction_notice(found.redacted_by or row["seq"]))
    document = found.document or {}
    if row["action"] == LogRow.Action.WITHDRAW:
        raise withdrawn(Tombstone(row["uid"], row["type"], row["version"], row["published_at"], document["note"]))
    return document
