"""The members of a document of type works, besides the common ones."""

from cms.base.members import CoarseDay, Day, Items, Plain, Text

MEMBERS = (
    Text("place"),
    Items("items"),
    CoarseDay("due"),
    Plain("status"),
    Day("completed"),
    Text("contractor"),
    Plain("phase"),
)
