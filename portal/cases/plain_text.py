"""Text as patterns can read it, one character for one, so that places in it are places in the original."""

import functools
import unicodedata

#: What may stand unseen or as a mark between the symbols of a number: spaces of any width, hyphens and dashes, and
#: marks of direction.
_BETWEEN = {"Zs": " ", "Zl": " ", "Zp": " ", "Cc": " ", "Cf": " ", "Pd": "-"}
_HYPHENS = "−‧·"


def plain(text: str) -> str:
    """Full-width forms and the like in ASCII and in capitals where that is one character too, every dash as a hyphen,
    every other space, line break and invisible mark as a space; the length is the text's.
    """
    return "".join(map(_plain, text)) if not text.isascii() or not text.isprintable() else text.upper()


@functools.lru_cache(maxsize=8192)
def _plain(character: str) -> str:
    between = "-" if character in _HYPHENS else _BETWEEN.get(unicodedata.category(character))
    if between:
        return between
    folded = unicodedata.normalize("NFKC", character).upper()
    return folded if len(folded) == 1 else character
