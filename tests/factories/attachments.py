"""Files as people attach them to cases."""

from typing import Any

from portal.cases.attachments.attaching import attach
from portal.cases.attachments.keeping import keep
from portal.cases.models import Attachment, Case
from tests.factories.uploads import GOOD_DOCUMENTS, picture

PDF = b"%PDF-1.7\n1 0 obj <</Producer (marked-inside-the-file)>> endobj\n"
#: A name with an identity number, as people name scans.
NAME = "王標記的收據 A123456789.pdf"
MASKED = "王標記的收據 A12****789.pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Content → the media type that it is of.
TAKEN = {
    PDF: "application/pdf",
    picture("JPEG"): "image/jpeg",
    picture("MPO"): "image/jpeg",
    picture("PNG"): "image/png",
    GOOD_DOCUMENTS["a.docx"]: WORD,
    GOOD_DOCUMENTS["a.xlsx"]: EXCEL,
    GOOD_DOCUMENTS["a.odt"]: "application/vnd.oasis.opendocument.text",
    GOOD_DOCUMENTS["a.ods"]: "application/vnd.oasis.opendocument.spreadsheet",
    "三月十七日：賣家說不退。🎧\r\n".encode(): "text/plain",
    "賣家說不退".encode("big5"): "text/plain",
}


def attached(case: Case, content: bytes = PDF, name: str = NAME, *, actor: str = "citizen", **given: Any) -> Attachment:
    """A file that was attached to a case."""
    attach(case_reference=case.reference, kept=[keep(content, name)], actor=actor, **given)
    case.refresh_from_db()
    return Attachment.objects.get(case=case, event=case.version)
