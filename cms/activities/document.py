"""The members of a document of type activity, besides the common ones."""

from cms.base.members import Items, Plain, Text

MEMBERS = (
    Plain("kind"),
    Text("place"),
    Items("partners"),
    Items("people"),
    Items("quantities"),
)
