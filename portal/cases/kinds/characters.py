"""Characters that no text of a case may hold: they hide, reorder or cut off what people read, or no database takes
them. Emoji, with the joiners that they are made of, and right-to-left letters are fine.
"""

import re
import unicodedata
from dataclasses import dataclass

#: Embeddings, overrides and isolates make text read otherwise than it stands.
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BREAKS = "\n\t"
_LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029]")


@dataclass(frozen=True)
class Forbidden:
    """A character that may not stand in a text, and where: ``position`` counts characters from 1."""

    character: str
    position: int

    @property
    def reorders(self) -> bool:
        """Whether it changes the direction of what follows it."""
        return self.character in _REORDERING

    @property
    def code(self) -> str:
        """Its name in Unicode's notation, ``U+202E``; the character itself would do its mischief in a message."""
        return f"U+{ord(self.character):04X}"


def tidied(text: str, *, multiline: bool) -> str:
    """The text as it is kept: no white space at its ends; where it may have lines, these end in ``\\n``."""
    return (_LINE_ENDS.sub("\n", text) if multiline else text).strip()


def forbidden(text: str, *, multiline: bool) -> Forbidden | None:
    """The first character of a text that may not stand in it."""
    if text.isprintable() and _REORDERING.isdisjoint(text):
        return None
    for position, character in enumerate(text, start=1):
        if character in _REORDERING:
            return Forbidden(character, position)
        if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") and not (multiline and character in _BREAKS):
            return Forbidden(character, position)
    return None
