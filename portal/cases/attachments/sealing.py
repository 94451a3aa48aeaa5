"""The key of a file in the row of its attachment: encrypted like a personal value, for the case and the event."""

import uuid

from portal.cases.models import Attachment
from portal.cases.personal import ciphers
from portal.cases.personal.keys import Keyring
from portal.cases.personal.wrapped import Personal


def sealed(key: Personal, reference: str, event: int, uid: uuid.UUID, keys: Keyring) -> bytes:
    """The key of a file under the current key of the settings, for one event of the case of a reference."""
    return ciphers.encrypted(key, _place(reference, event, uid), keys)


def file_key(attachment: Attachment, keys: Keyring) -> Personal:
    """The key of a file that is not erased. Raises `keys.Unreadable`."""
    place = _place(attachment.case.reference, attachment.event, attachment.uid)
    return ciphers.decrypted(attachment.sealed, place, attachment.key, keys)


def _place(reference: str, event: int, uid: uuid.UUID) -> ciphers.Place:
    return ciphers.Place(reference, event, f"attachment {uid}")
