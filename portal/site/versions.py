"""The versions of a record: all of them in a list, and the text of each, marked as what it is."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from portal.core.languages import of_path
from portal.publication import selectors
from portal.publication.models import CurrentRecord, Head, LogRow
from portal.publication.ready import Surroundings, ready_record
from portal.publication.selectors import Standing, Version
from portal.rendering.contents import VersionLine, VersionNotice
from portal.rendering.frame import Frame
from portal.rendering.pages import render_record
from portal.rendering.texts import LanguageMap
from portal.rendering.versions import render_versions
from portal.site import errors
from portal.site.methods import require_safe
from portal.site.observations import data_of
from portal.site.responses import Gone, moved, page

_PUBLISH, _WITHDRAW = LogRow.Action.PUBLISH, LogRow.Action.WITHDRAW


@csrf_exempt
@require_safe
def version_list(request: HttpRequest, path: str) -> HttpResponse:
    """All versions of the record at an address."""
    return page(request, lambda frame, _head: list_page(request, f"/{path}", frame))


def list_page(request: HttpRequest, path: str, frame: Frame, *, problem: str = "") -> str:
    """The page of all versions of the record at a Chinese path; ``problem`` says what is wrong with the two that were
    chosen to be compared. Raises `Gone` where there is no such page.
    """
    language = of_path(request.path)
    record = record_of(request, path)
    if record.path and record.path != path:
        raise Gone(moved(f"{record.path}versions/", language))
    versions = selectors.versions(record.uid)
    return render_versions(
        title=last_title(versions),
        uid=record.uid,
        path=record.path or path,
        versions=[line_of(each, path) for each in reversed(versions)],
        is_public=record.state == CurrentRecord.State.PUBLIC,
        problem=problem,
        language=language,
        frame=frame,
    )


def last_title(versions: Sequence[Version]) -> LanguageMap | None:
    """The title of the last of these versions whose content is there."""
    documents = (each.document for each in reversed(versions) if each.members["action"] == _PUBLISH)
    return next((document["title"] for document in documents if document), None)


@csrf_exempt
@require_safe
def version(request: HttpRequest, path: str, number: str) -> HttpResponse:
    """One version of the record at an address."""
    language = of_path(request.path)
    chinese_path = f"/{path}"

    def render(frame: Frame, head: Head) -> str:
        record, found = published_version(request, chinese_path, int(number))
        is_public = record.state == CurrentRecord.State.PUBLIC
        notice_of_version = VersionNotice(
            number=int(number),
            latest=record.version,
            published_at=found.members["published_at"],
            present=record.path if is_public else None,
            versions=f"{chinese_path}versions/",
        )
        ready = _ready(found)
        data = data_of(ready, language, until=found.members["seq"]) if record.type == "dataset" else {}
        return render_record(ready, language=language, frame=frame, notice=notice_of_version, **data)

    return page(request, render)


def published_version(request: HttpRequest, path: str, number: int) -> tuple[CurrentRecord, Version]:
    """The record at a path and one of its versions that published something. Raises `Gone` for any other."""
    record = record_of(request, path)
    found = selectors.version(record.uid, number)
    if found is None:
        raise Gone(errors.response(request, 404))
    check_readable(request, found)
    return record, found


def check_readable(request: HttpRequest, found: Version) -> None:
    """Raise `Gone` unless a version published something that can still be read."""
    if found.redacted_by is not None:
        raise Gone(errors.redacted(request, found.redacted_by))
    if not found.is_readable:
        raise Gone(errors.response(request, 404))


def record_of(request: HttpRequest, path: str) -> CurrentRecord:
    """The record at a path, public or withdrawn. Raises `Gone` for any other."""
    place = selectors.place_of_versions(path)
    if place.record is None or place.standing is Standing.REDACTED:
        raise Gone(errors.not_there(request, place))
    return place.record


def line_of(found: Version, path: str) -> VersionLine:
    action, document = found.members["action"], found.document
    note = None
    if document is not None:
        note = document.get("change_note") if action == _PUBLISH else document.get("note") or document.get("ground")
    number = found.members["version"]
    return VersionLine(
        number=number,
        action=action,
        published_at=found.members["published_at"],
        note=note,
        path=f"{path}versions/{number}/" if action == _PUBLISH and document is not None else None,
        is_redacted=found.redacted_by is not None,
    )


def _ready(found: Version) -> dict[str, Any]:
    """An old document as its page shows it: labels, but no links to records, which may have changed since, and
    no files.
    """
    moment = found.members["published_at"]
    return ready_record(
        found.document or {},
        version=found.members["version"],
        published_at=moment,
        modified_at=moment,
        surroundings=Surroundings(cited={}, files={}, derived={}),
    )
