"""The members of a document of type visit, besides the common ones."""

from cms.base.members import Items, Plain, Text

MEMBERS = (
    Plain("country"),
    Plain("direction"),
    Plain("mode"),
    Text("delegation"),
    Text("office"),
    Items("people"),
    Items("subjects"),
    Text("place"),
)
