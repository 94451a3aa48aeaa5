"""The texts of attached files, read once for each content and kept by SHA-256.

Reading a file that somebody made is done in a process of its own, with little memory and time (`search.extraction`):
whatever it does there, the portal goes on. A file is read when a record that uses it has been published; a draft's text
is never known to search.
"""

import json
import logging
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from portal.publication.files import storage
from portal.publication.models import PublicFile
from search.models import FileText

logger = logging.getLogger(__name__)

#: Media types that are read.
READABLE = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.oasis.opendocument.text": "odt",
}
#: Seconds that reading one file may take, and bytes that it may have.
MOST_SECONDS, MOST_BYTES = 30, 50_000_000
_PROGRAM = Path(__file__).parent / "extraction.py"


def texts_of(digests: Iterable[str]) -> dict[str, str]:
    """The text of each of these public files that has any, by SHA-256; what was not read yet is read now."""
    wanted = {file.sha256: file for file in PublicFile.objects.filter(sha256__in=set(digests), type__in=READABLE)}
    known = dict(FileText.objects.filter(sha256__in=wanted).values_list("sha256", "text"))
    for sha256 in wanted.keys() - known.keys():
        text, problem = _read(wanted[sha256])
        FileText.objects.update_or_create(sha256=sha256, defaults={"text": text, "problem": problem[:200]})
        known[sha256] = text
    return {sha256: text for sha256, text in known.items() if text}


def _read(file: PublicFile) -> tuple[str, str]:
    """A file's text and why there is none, one of them empty."""
    if file.size > MOST_BYTES:
        return "", "too large"
    with storage().open(file.name, "rb") as source:
        content = source.read()
    try:
        # The program is the project's own; the file goes in as bytes, not as a name.
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", str(_PROGRAM), READABLE[file.type]],
            input=content,
            capture_output=True,
            timeout=MOST_SECONDS,
            check=False,
            env={"PYTHONIOENCODING": "utf-8"},
        )
    except subprocess.TimeoutExpired:
        logger.warning("file takes too long to read", extra={"sha256": file.sha256})
        return "", "took too long"
    if done.returncode:
        logger.warning("file cannot be read", extra={"sha256": file.sha256, "code": done.returncode})
        return "", f"cannot be read ({done.returncode})"
    return str(json.loads(done.stdout)), ""
