"""Texts as people type and paste them."""

import unicodedata


def one_line(text: str) -> str:
    """A text with line breaks and other control characters as spaces, which is what a reader meant by them; a database
    may refuse some of them.
    """
    if text.isprintable():
        return text
    return "".join(" " if unicodedata.category(character) == "Cc" else character for character in text)
