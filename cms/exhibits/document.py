"""The members of a document of type exhibit, besides the common ones."""

from cms.base.members import Items, Text

MEMBERS = (
    Text("place"),
    Text("series"),
    Items("objects", field="objects_shown"),
)
