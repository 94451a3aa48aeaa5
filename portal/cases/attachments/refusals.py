"""Why a file is not taken. No message repeats its name: a form says it beside them, and other programs know it."""

from django.utils.translation import gettext_lazy as _

from portal.cases.refusals import Refused


class FileRefused(Refused):
    """The file cannot be one of a case."""


class FileEmpty(FileRefused):
    """There is nothing in it."""

    code = "file-empty"
    text = _("The file is empty.")


class FileTooLarge(FileRefused):
    """It has more bytes than one file may have."""

    code = "file-too-large"
    text = _("The file is larger than %(most)s MB.")


class TypeUnknown(FileRefused):
    """It is none of the kinds of file that are taken, or damaged."""

    code = "file-type"
    text = _(
        "The file is damaged, or not of a kind that is taken: PDF, JPEG, PNG, Word (DOCX), Excel (XLSX), OpenDocument "
        "(ODT, ODS) or plain text. Its content decides, not its name."
    )


class TooManyPixels(FileRefused):
    """It is a picture that is too large to be opened safely."""

    code = "file-pixels"
    text = _("The picture has too many pixels. Make it smaller.")


class HasMacros(FileRefused):
    """It is an office file with a program in it."""

    code = "file-macros"
    text = _("The file holds macros. Save it without them, or as a PDF.")


class TooManyFiles(FileRefused):
    """There would be more files than there may be."""

    code = "files-too-many"
    text = _("There can be %(most)s files at most.")


class FilesTooLarge(FileRefused):
    """All files together would be too large."""

    code = "files-too-large"
    text = _("All files together are larger than %(most)s MB.")


class FileGone(FileRefused):
    """It was kept for the case, for longer than files wait for one."""

    code = "file-gone"
    text = _("A file waited for too long. Choose it again.")


class CaseClosed(Refused):
    """A citizen adds files to open cases only."""

    code = "case-closed"
    text = _("The case is closed. No more files can be added to it.")


class AttachmentUnknown(Refused):
    """The case has no such attachment."""

    code = "attachment-unknown"
    text = _("The case has no such file.")


class AttachmentErased(Refused):
    """It was erased, at the end of its time or at the person's request."""

    code = "attachment-erased"
    text = _("The file was erased.")
