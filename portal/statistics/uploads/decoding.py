"""In which encoding a text file is: UTF-8, or the Big5 that older programs in Taiwan write."""

import codecs
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from portal.statistics.problems import Problem, TableProblems

UTF8, BIG5 = "utf-8-sig", "cp950"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CHUNK = 1 << 20
#: UTF-8 needs three bytes from here on. Chinese is above; what Big5 makes of it by chance hardly ever is.
_THREE_BYTES = "\u0800"


@dataclass(frozen=True)
class _Failure:
    """Where an encoding does not fit: the line, and whether Chinese was read in it until then."""

    line: int
    after_chinese: bool


def encoding_of(file: BinaryIO) -> str:
    """The encoding in which all of a file can be read, UTF-8 before Big5 (CP950). It is read through once or twice.

    Raises `TableProblems` where it is in neither. A file that has been UTF-8 for a while and then is not is damaged:
    as Big5 it would be read as other characters.
    """
    file.seek(0)
    if file.read(2) in _UTF16:
        raise TableProblems([Problem(0, None, _("The file is in UTF-16. Save it as CSV in UTF-8."))])
    failure = _failure(file, UTF8)
    if failure is None:
        return UTF8
    if not failure.after_chinese and _failure(file, BIG5) is None:
        return BIG5
    text = _("The line has a character that is neither UTF-8 nor Big5. Save the file as CSV in UTF-8.")
    raise TableProblems([Problem(failure.line, None, text)])


def _failure(file: BinaryIO, encoding: str) -> _Failure | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    line, after_chinese = 1, False
    while True:
        chunk = file.read(_CHUNK)
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            before = error.object[: error.start]
            read = before.decode(encoding, errors="ignore")
            return _Failure(line + before.count(b"\n"), after_chinese or max(read, default="") >= _THREE_BYTES)
        if not chunk:
            return None
        line += text.count("\n")
        after_chinese = after_chinese or (not text.isascii() and max(text) >= _THREE_BYTES)
