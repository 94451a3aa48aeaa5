"""Which version of a dataset a request means: the present one, a numbered one, or the one of a moment."""

from dataclasses import dataclass
from typing import Any

import orjson
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.api.v1.conditional import Validators, validators, validators_of_head
from portal.api.v1.problems import NOT_FOUND, Problem, invalid
from portal.api.v1.records import check_dataset, public_record
from portal.api.v1.versions import published_version, readable
from portal.publication import selectors


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
    known = validators_of_head(request)
    if version is not None:
        _record, found = published_version(uid, version)
    elif (row := selectors.row_on(uid, as_of or "")) is not None:
        found = readable(row)
    else:
        raise Problem(NOT_FOUND, _("At that moment there was no “%(uid)s”."), {"uid": uid[:140]})
    return Meant(found.document or {}, found.members["version"], known)
