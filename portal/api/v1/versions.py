"""The versions of a record: every row of the log about it, and the document of each.

They stay readable when a record is withdrawn, marked by ``state``; a redacted version is listed without its
content and answers 451.
"""

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_view

from portal.api.v1 import openapi
from portal.api.v1.conditional import Validators, validators_of_head
from portal.api.v1.parameters import LANG
from portal.api.v1.problems import (
    INVALID_PARAMETER,
    NOT_FOUND,
    REDACTED,
    UNKNOWN_PARAMETER,
    WITHDRAWN,
    Problem,
    redacted,
    withdrawn,
)
from portal.api.v1.views import PublicView, json_response
from portal.core.languages import flatten
from portal.publication import selectors
from portal.publication.models import CurrentRecord, LogRow
from portal.publication.selectors import Tombstone, Version

_State = CurrentRecord.State


class _OfRecord(PublicView):
    """An address below a record."""

    parameters = (LANG,)

    def validators(self, request: HttpRequest, **kwargs: Any) -> Validators:
        """The head's: a redaction changes old versions, and a withdrawal how they are marked."""
        return validators_of_head(request)

    def shown(self, value: Any) -> Any:
        """A value in the language that was asked for."""
        language = self.given["lang"]
        return flatten(value, language) if language else value


@extend_schema_view(
    get=openapi.operation(
        "records_versions_list",
        "The versions of a record",
        "Every row of the log about a record, the first first. `change_note` says what a correction "
        "corrected; a row that a redaction "
        "covers has `redacted_by`, the `seq` of the redaction.",
        answer=openapi.reference("VersionList"),
        takes=(LANG,),
        at=(openapi.UID,),
        problems=(UNKNOWN_PARAMETER, INVALID_PARAMETER, NOT_FOUND),
    )
)
class VersionList(_OfRecord):
    """The rows of a record."""

    def get(self, request: HttpRequest, uid: str) -> HttpResponse:
        """All of them: a record has few."""
        record = selectors.record(uid)
        if record is None:
            raise Problem(NOT_FOUND, _("There is no record “%(uid)s”."), {"uid": uid[:140]})
        results = [self._entry(version) for version in selectors.versions(uid)]
        beside = {"uid": uid, "type": record.type, "state": record.state}
        body = {"count": len(results), "next": None, "previous": None, **beside, "results": results}
        return json_response(orjson.dumps(body))

    def _entry(self, version: Version) -> dict[str, Any]:
        entry = dict(version.members)
        document = version.document or {}
        note = document.get("note") if entry["action"] == LogRow.Action.WITHDRAW else document.get("change_note")
        if note is not None:
            entry["change_note"] = self.shown(note)
        if version.redacted_by is not None:
            entry["redacted_by"] = version.redacted_by
        return entry


@extend_schema_view(
    get=openapi.operation(
        "records_versions_retrieve",
        "One version of a record",
        "The members of the document that was published as this version, exactly as committed to: rich "
        "text keeps its `record:` links. "
        "`state` says what it is now: `current`, `superseded`, or `withdrawn` with its record.",
        answer=openapi.reference("Version"),
        takes=(LANG,),
        at=(openapi.UID, openapi.VERSION),
        problems=(UNKNOWN_PARAMETER, INVALID_PARAMETER, NOT_FOUND, WITHDRAWN, REDACTED),
    )
)
class VersionDetail(_OfRecord):
    """The document of one version."""

    def get(self, request: HttpRequest, uid: str, number: int) -> HttpResponse:
        """A published document; a withdrawal answers as the record did then, a redaction says its ground."""
        record, version = published_version(uid, number)
        return json_response(orjson.dumps(self.shown(version.document or {}) | said_of(record, version)))


def said_of(record: CurrentRecord, version: Version) -> dict[str, Any]:
    """What the log says of a version of a record, beside the members of its document."""
    row = version.members
    return {
        "version": row["version"],
        "published_at": record.published_at,
        "modified_at": row["published_at"],
        "state": state_of(record, row["version"]),
        "seq": row["seq"],
        "commitment": row["commitment"],
        "previous": row["previous"],
    }


def published_version(uid: str, number: int) -> tuple[CurrentRecord, Version]:
    """A record, and the published version of that number, whose document is there. Raises `Problem` for any other
    number: a withdrawal answers as the record did then, a redaction says its ground.
    """
    record = selectors.record(uid)
    version = selectors.version(uid, number) if record is not None else None
    if record is None or version is None:
        raise Problem(
            NOT_FOUND, _("There is no version %(number)s of “%(uid)s”."), {"number": number, "uid": uid[:140]}
        )
    return record, readable(version)


def readable(version: Version) -> Version:
    """The version, if it has a document. Raises `Problem`: a withdrawal answers as the record did then, a redaction
    says its ground.
    """
    row = version.members
    if row["action"] == LogRow.Action.REDACT or version.redacted_by is not None:
        raise redacted(selectors.redaction_notice(version.redacted_by or row["seq"]))
    if row["action"] == LogRow.Action.WITHDRAW:
        note = (version.document or {})["note"]
        raise withdrawn(Tombstone(row["uid"], row["type"], row["version"], row["published_at"], note))
    return version


def state_of(record: CurrentRecord, number: int) -> str:
    """What a published version of a record is now: current, superseded, or withdrawn with its record."""
    if record.state == _State.PUBLIC:
        return "current" if record.version == number else "superseded"
    return "withdrawn"
