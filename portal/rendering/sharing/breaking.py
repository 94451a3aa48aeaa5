"""Where a title may be broken into lines, by the rules for Han and Latin text set together (CLREQ).

No line begins with a closing mark or ends with an opening one; Latin words stay whole, and so does a number with the
character that it counts. Lines are made about equally long.
"""

import re
from collections.abc import Callable

OPENING = "（「『《〈【〔［｛“‘(["
CLOSING = "，。、．；：？！）」』》〉】〕］｝％‰…—―–－～·・々ー”’)],.;:?!%"

_HAN = r"\u2e80-\uffef"
_MARKS = re.escape(OPENING + CLOSING)
#: Opening marks, then a counted number, a Latin word, a Han character or whatever else there is, then closing marks.
_PIECE = re.compile(
    rf"(?:[{re.escape(OPENING)}]\s*)*"
    rf"(?:第?[0-9][0-9,.]*[\u4e00-\u9fff]|[^\s{_HAN}{_MARKS}](?:[^\s{_HAN}]*[^\s{_HAN}{_MARKS}])?|\S)"
    rf"[{re.escape(CLOSING)}]*\s*"
)

#: The width of a text in pixels.
Width = Callable[[str], float]


def pieces(text: str) -> list[str]:
    """The text cut wherever a line may end."""
    return _PIECE.findall(text.strip())


def filled(text: str, width: Width, most: float) -> list[str]:
    """The text in lines, each as full as may be. A piece that is wider than a line is one by itself."""
    lines, line = [], ""
    for piece in pieces(text):
        if line and width((line + piece).rstrip()) > most:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()] if line else lines


def balanced(text: str, width: Width, most: float) -> list[str]:
    """The text in as few lines as `filled` needs, the longest of them as short as possible."""
    lines = filled(text, width, most)
    narrow, wide = 1, int(most)
    while narrow < wide:
        middle = (narrow + wide) // 2
        tried = filled(text, width, middle)
        if len(tried) <= len(lines) and all(width(line) <= most for line in tried):
            lines, wide = tried, middle
        else:
            narrow = middle + 1
    return lines
