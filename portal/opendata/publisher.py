"""Who publishes the datasets, as the theme's identity has it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Publisher:
    """The department that publishes, and whom to ask: the Chinese path of a page, and phone, e-mail address, the URI
    that takes reports of weaknesses and the department's object identifier (OID) where the theme states them, empty
    where not.
    """

    department: Mapping[str, str]
    contact_path: str
    phone: str
    email: str
    security: str
    oid: str


def publisher() -> Publisher:
    """The publisher of all datasets."""
    identity = settings.PORTAL_IDENTITY
    contact = identity.get("contact", {})
    return Publisher(
        department=identity["department"],
        contact_path=contact.get("path", "/"),
        phone=contact.get("phone", ""),
        email=contact.get("email", ""),
        security=contact.get("security", ""),
        oid=contact.get("oid", ""),
    )
