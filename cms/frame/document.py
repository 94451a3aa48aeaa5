"""The members of documents of the types menu and banner, besides the common ones."""

from cms.base.members import Items, Moment, One, Plain, Text

MENU_MEMBERS = (Plain("slot"), Items("items"))
BANNER_MEMBERS = (Plain("level"), Text("text"), One("link"), Moment("starts_at"), Moment("ends_at"))
