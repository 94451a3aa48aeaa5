"""Which characters of folded text belong to Han runs, and which to words."""

import re
import unicodedata
from collections.abc import Iterable


def _ranges(characters: Iterable[str]) -> str:
    """Characters in order as the inside of a regular expression's set."""
    ranges: list[list[str]] = []
    for each in characters:
        if ranges and ord(ranges[-1][1]) + 1 == ord(each):
            ranges[-1][1] = each
        else:
            ranges.append([each, each])
    return "".join(f"{first}-{last}" if first < last else first for first, last in ranges)


#: Han characters with their radicals, 々 〇 and Hangzhou numerals, and kana, which Japanese names mix with them.
HAN = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c\u3041-\u3096\u3099\u309a\u309d-\u309f\u30a1-\u30fa"
    "\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00016fe0-\U00016fff\U0001aff0-\U0001b16f"
    "\U00020000-\U0003ffff"
)
#: Matches a Han character at the beginning of a text, or where it is told.
is_han = re.compile(f"[{HAN}]").match
#: Letters and their marks, but for Han; beyond the basic plane whole blocks of scripts.
LETTERS = (
    _ranges(
        each
        for each in map(chr, range(ord("a"), 0x10000))
        if (each.isalpha() or (each.isalnum() and not each.isdecimal()) or unicodedata.category(each)[0] == "M")
        and not is_han(each)
    )
    + "\U00010000-\U00016fdf\U00017000-\U0001afef\U0001b170-\U0001cfff\U0001d400-\U0001efff"
)
#: Matches a letter in the same way.
is_letter = re.compile(f"[{LETTERS}]").match
