"""What a case is found by: keyed hashes of whole values in their normal form, and nothing of a part of one."""

import hmac
import unicodedata

from portal.cases.models.personal import PersonalIndex
from portal.cases.personal import phones
from portal.cases.personal.wrapped import Personal
from portal.core import email_addresses


def normalised(by: str, value: Personal) -> Personal:
    """The form in which values are compared: telephone numbers with their country, e-mail addresses in small letters.
    Raises ValueError for what is neither.
    """
    text = value.reveal()
    if by == PersonalIndex.By.PHONE:
        return Personal(phones.normalised(text))
    return Personal(email_addresses.normalised(unicodedata.normalize("NFKC", text)))


def digest(by: str, form: Personal, key: bytes) -> str:
    """The keyed hash of a normal form, in hex. A telephone number and an address never have the same."""
    return hmac.new(key, f"{by}\0{form.reveal()}".encode(), "sha256").hexdigest()
