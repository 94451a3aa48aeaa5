"""Looking at a file and keeping it, encrypted, before it is of any case.

Each file has a key of its own, drawn at random. The file's bytes are bound to its random name; its key is kept in the
row of the attachment, encrypted like a personal value and bound to the case and the event (`attaching`). So keys of the
settings are replaced without writing any file anew, and a file whose row has lost its key can be read by nobody,
wherever a copy of it may lie.
"""

import base64
import hashlib
import secrets
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from portal.cases.attachments import files
from portal.cases.attachments.content_types import media_type_of
from portal.cases.attachments.limits import MEGABYTE, MOST_BYTES
from portal.cases.attachments.names import cleaned
from portal.cases.attachments.refusals import FileEmpty, FileTooLarge
from portal.cases.models import Attachment
from portal.cases.personal.ciphers import Altered
from portal.cases.personal.wrapped import Personal

_NONCE, _BITS = 12, 256
_FORMAT = "portal.cases.attachments 1"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that lies in the directory. ``digest`` is the SHA-256 of its plain content in hex, ``key`` its key in
    base64.
    """

    uid: uuid.UUID
    name: Personal
    media_type: str
    size: int
    digest: str
    key: Personal


def keep(content: bytes, name: str) -> Kept:
    """Look at a file's content and keep it under its cleaned name. Raises `FileRefused`."""
    if not content:
        raise FileEmpty
    if len(content) > MOST_BYTES:
        raise too_large()
    media_type = media_type_of(content)
    uid, key = uuid.uuid4(), AESGCM.generate_key(_BITS)
    nonce = secrets.token_bytes(_NONCE)
    files.write(uid, nonce + AESGCM(key).encrypt(nonce, content, _bound(uid)))
    return Kept(
        uid,
        Personal(cleaned(name, media_type)),
        media_type,
        len(content),
        hashlib.sha256(content).hexdigest(),
        Personal(base64.b64encode(key).decode()),
    )


@contextmanager
def keeping(content: bytes, name: str) -> Iterator[Kept]:
    """The same for as long as it takes to attach it: a file that no attachment has in the end is removed."""
    kept = keep(content, name)
    try:
        yield kept
    finally:
        if not Attachment.objects.filter(uid=kept.uid).exists():
            files.remove([kept.uid])


def content_of(uid: uuid.UUID, key: Personal, digest: str) -> bytes:
    """What was kept. Raises `files.Missing`, and `Altered` where it is not what was kept there."""
    sealed = files.read(uid)
    try:
        content = AESGCM(base64.b64decode(key.reveal())).decrypt(sealed[:_NONCE], sealed[_NONCE:], _bound(uid))
    except (InvalidTag, ValueError):
        content = b""
    if hashlib.sha256(content).hexdigest() != digest:
        raise Altered(f"The attachment {uid.hex} is not what was stored there.")
    return content


def too_large() -> FileTooLarge:
    """The refusal of a file that is too large."""
    return FileTooLarge(most=MOST_BYTES // MEGABYTE)


def _bound(uid: uuid.UUID) -> bytes:
    return f"{_FORMAT} {uid.hex}".encode()
