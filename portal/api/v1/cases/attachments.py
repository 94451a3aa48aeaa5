"""``POST {kind}/{reference}/attachments/``: a file that a module adds. ``GET`` …``{id}/``: one that it reads."""

import uuid

import orjson
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import parse_etags

from portal.api.v1.cases import idempotency
from portal.api.v1.cases.described import (
    ATTACHMENT,
    CONTENT_DISPOSITION,
    ETAG,
    IDEMPOTENCY_KEY,
    IF_MATCH_OPTIONAL,
    KIND,
    REFERENCE,
    described,
    operation,
)
from portal.api.v1.cases.idempotency import Answer
from portal.api.v1.cases.representations import case_as_json, etag, event_as_json
from portal.api.v1.cases.scopes import PERSONAL, WRITE
from portal.api.v1.cases.sent_files import ANY, FIELD, MULTIPART, sent_file
from portal.api.v1.cases.steps import check_own
from portal.api.v1.cases.view import ModuleView
from portal.api.v1.openapi import reference as component
from portal.cases import asking, selectors
from portal.cases.attachments import reading
from portal.cases.attachments.attaching import attach
from portal.cases.attachments.content_types import EXTENSIONS
from portal.cases.attachments.keeping import Kept, keeping
from portal.cases.attachments.sending import download
from portal.cases.models import Reading

_FILE = component("CaseFile")
_FORM = {"type": "object", "properties": {FIELD: _FILE}, "required": [FIELD], "additionalProperties": False}


@described(
    post=operation(
        "case_attachments_create",
        "Add a file",
        "Adds one file to a case, as an event of the type `attached`: the file itself as the body, or the field `file` "
        "of a form. Its content says what it is; its name is cleaned, and personal. At most 10 MB. Needs the scope "
        "`cases:<kind>:write`. A case of another agency is none.",
        answer="RecordedCaseEvent",
        status=201,
        body={MULTIPART: _FORM} | dict.fromkeys([ANY, *EXTENSIONS], _FILE),
        at=(KIND, REFERENCE, IDEMPOTENCY_KEY, IF_MATCH_OPTIONAL, CONTENT_DISPOSITION, ETAG),
        problems=(403, 409, 411, 412, 413, 415, 422),
    )
)
class AttachmentList(ModuleView):
    """The files of a case."""

    verb = WRITE

    def post(self, request: HttpRequest, kind: str, reference: str) -> HttpResponse:
        """Add one."""
        file = sent_file(request)
        asked = idempotency.of_request(request, self.sender, file.told_apart_by)
        # A file overwrites nothing, so that it is added to whatever version unless one is named.
        versions = parse_etags(request.headers.get("If-Match", "")) or ["*"]
        check_own(selectors.case(reference), kind, self.sender, ["*"])
        with keeping(file.content, file.name) as kept:
            file.check(kept.media_type)
            return idempotency.answered_once(asked, lambda: self._attach(kind, reference, kept, versions))

    def _attach(self, kind: str, reference: str, kept: Kept, versions: list[str]) -> Answer:
        check_own(asking.lock([reference]).get(reference), kind, self.sender, versions)
        (event,) = attach(case_reference=reference, kept=[kept], actor=self.sender.actor)
        told = event_as_json(event) | {"case": case_as_json(event.case)}
        location = reverse("api-case-attachment", args=[kind, reference, kept.uid])
        return Answer(201, orjson.dumps(told), {"Location": location, "ETag": etag(event.case.version)})


@described(
    get=operation(
        "case_attachments_retrieve",
        "One file",
        "The file as it was added, under its name. Needs the scope `cases:<kind>:personal`; every reading is noted. "
        "One that was erased is there no more.",
        answer="CaseFile",
        media_type="*/*",
        at=(KIND, REFERENCE, ATTACHMENT),
        problems=(403,),
    )
)
class AttachmentDetail(ModuleView):
    """A file of a case."""

    verb = PERSONAL

    def get(self, request: HttpRequest, kind: str, reference: str, attachment: uuid.UUID) -> HttpResponse:
        """Its content."""
        case = selectors.case(reference)
        check_own(case, kind, self.sender, ["*"])
        found = reading.find(case, attachment)
        opened = reading.read(found, actor=self.sender.actor, purpose=Reading.Purpose.FORWARDING)
        return download(opened.content, opened.attachment.media_type, opened.name.reveal())
