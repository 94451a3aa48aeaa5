"""The members of a document of type alert, besides the common ones."""

from cms.base.members import Day, Items, Plain, Text

MEMBERS = (
    Plain("kind"),
    Plain("risk"),
    Items("products"),
    Text("hazard"),
    Text("remedy"),
    Day("issued"),
    Day("updated"),
    Day("withdrawn"),
    Items("quantities"),
)
