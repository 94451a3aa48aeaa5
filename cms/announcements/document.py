"""The members of a document of type announcement, besides the common ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cms.base.members import Items, Member, Plain, Text, as_date


@dataclass(frozen=True)
class Effective(Member):
    """From when until when it is in force, or null."""

    @property
    def stem(self) -> str:
        return "effective_from"

    def value(self, page: Any, context: Any) -> dict[str, str | None] | None:
        days = {"from": page.effective_from, "to": page.effective_to}
        return {end: day.isoformat() if day else None for end, day in days.items()} if any(days.values()) else None

    def assign(self, page: Any, value: Mapping[str, Any] | None, context: Any) -> None:
        value = value or {}
        page.effective_from, page.effective_to = as_date(value.get("from")), as_date(value.get("to"))


@dataclass(frozen=True)
class Contact(Member):
    """Whom to ask, or null."""

    @property
    def stem(self) -> str:
        return "contact_name"

    def value(self, page: Any, context: Any) -> dict[str, Any] | None:
        contact = {
            "name": _NAME.value(page, context),
            "phone": page.contact_phone or None,
            "email": page.contact_email or None,
        }
        return contact if any(contact.values()) else None

    def assign(self, page: Any, value: Mapping[str, Any] | None, context: Any) -> None:
        value = value or {}
        _NAME.assign(page, value.get("name"), context)
        page.contact_phone, page.contact_email = value.get("phone") or "", value.get("email") or ""


_NAME = Text("name", field="contact_name")

MEMBERS = (
    Plain("kind"),
    Effective("effective"),
    Contact("contact"),
    Text("place"),
    Items("quantities"),
)
