"""The members of a document of type agreement, besides the common ones."""

from cms.base.members import Items, One, Plain, Text

MEMBERS = (
    Plain("kind"),
    Text("place"),
    Items("people"),
    Items("fields_of_cooperation"),
    Plain("ordinal"),
    One("file"),
)
