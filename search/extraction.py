"""A program of its own: the text of the file on its standard input, as a JSON string on its standard output.

Called as ``python extraction.py pdf|docx|odt``. Limits its own memory and processor time first, since what it reads was
made by others; a fault ends it with a code other than zero.
"""

import io
import json
import resource
import sys
from collections.abc import Iterator

#: Bytes of memory, seconds of processor time, and characters of text at most.
MOST_MEMORY, MOST_SECONDS, MOST_TEXT = 1_000_000_000, 20, 300_000


def _pdf(content: bytes) -> Iterator[str]:
    from pypdf import PdfReader

    for page in PdfReader(io.BytesIO(content)).pages:
        yield page.extract_text()


def _docx(content: bytes) -> Iterator[str]:
    from docx import Document

    document = Document(io.BytesIO(content))
    for paragraph in document.paragraphs:
        yield paragraph.text
    for table in document.tables:
        for row in table.rows:
            yield " ".join(cell.text for cell in row.cells)


def _odt(content: bytes) -> Iterator[str]:
    from odfdo import Document

    yield Document(io.BytesIO(content)).get_formatted_text(rst_mode=False)


def _limited(texts: Iterator[str]) -> str:
    found, left = [], MOST_TEXT
    for text in texts:
        found.append(text[:left])
        left -= len(text)
        if left <= 0:
            break
    return "\n".join(found)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    readers = {"pdf": _pdf, "docx": _docx, "odt": _odt}
    # What stands for half a character is nothing that JSON or a database could hold.
    text = _limited(readers[sys.argv[1]](sys.stdin.buffer.read())).replace("\x00", "")
    sys.stdout.write(json.dumps(text.encode("utf-8", "ignore").decode()))
