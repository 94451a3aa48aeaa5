"""Write ``search/analysis/variants.tsv``: which Han characters are forms of one character, by OpenCC's data.

Run from the repository's root with the development requirements installed: ``python -m scripts.variants``;
``--check`` writes nothing and fails where the file is not what OpenCC's data give.

Two characters are forms of one when any of OpenCC's conversions turns one into the other by itself, without the
characters around it: Traditional to Simplified, and between the standard forms and those of Taiwan, Hong Kong and
Japan. A character that stands for several (发 for 發 and 髮) joins them all, since the table knows no context. What
Unicode's compatibility normalisation makes equal (the compatibility ideographs) is left to it.
"""

import argparse
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

TABLE = Path(__file__).resolve().parents[1] / "search" / "analysis" / "variants.tsv"
#: Blocks of unified ideographs; a few of the compatibility block are unified ones too, and normalisation keeps them.
BLOCKS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x323AF), (0xF900, 0xFAFF))
#: Directions that lead from a form to a more standard one or back; never from Simplified to Traditional, which guesses.
DIRECTIONS = ("t2s", "tw2t", "t2tw", "hk2t", "t2hk", "jp2t", "t2jp")
#: Forms in names of people and places that OpenCC does not have, each group beginning with the common one; and radicals
#: that PDF files hold in the place of the characters (Unicode, EquivalentUnifiedIdeograph.txt).
FURTHER = (
    "高髙", "崎﨑", "吉𠮷", "富冨", "島嶋嶌", "邊邉", "濱濵", "德徳", "館舘", "涂凃",
    "民⺠", "西⻄", "長⻑", "青⻘", "黃⻩", "食⻝", "骨⻣", "鬼⻤", "龍⻯", "龜⻲", "馬⻢", "魚⻥", "鳥⻦", "麥⻨",
    "齊⻬", "龍⻰", "門⻔", "見⻅", "貝⻉", "車⻋", "金⻐", "飛⻜", "韋⻙", "頁⻚", "風⻛",
)  # fmt: skip
HEADER = """\
# Forms of one Han character: the one that folding keeps, a tab, and the others. Written by scripts/variants.py from the
# data of OpenCC (https://github.com/BYVoid/OpenCC, Apache License 2.0); not to be edited by hand.
"""


def classes() -> dict[str, str]:
    """The other forms of each character that is kept, in order of code points.

    The form that is kept is Taiwan's, of the Traditional character that the Simplified one most often stands for:
    the portal's own texts are then seldom changed.
    """
    import opencc

    characters = [chr(code) for first, last in BLOCKS for code in range(first, last + 1)]
    characters = [
        each for each in characters if unicodedata.is_normalized("NFKC", each) and unicodedata.category(each) != "Cn"
    ]

    def converted(direction: str, texts: list[str]) -> list[str]:
        # A line each: no character sees another.
        lines = opencc.OpenCC(direction).convert("\n".join(texts)).split("\n")
        if len(lines) != len(texts):
            raise SystemExit(f"OpenCC's {direction} does not keep lines apart.")
        return [line if len(line) == 1 else text for text, line in zip(texts, lines, strict=True)]

    parents: dict[str, str] = {}

    def root(character: str) -> str:
        while (parent := parents.setdefault(character, character)) != character:
            character = parent
        return character

    pairs = [pair for way in DIRECTIONS for pair in zip(characters, converted(way, characters), strict=True)]
    pairs += [(group[0], other) for group in FURTHER for other in group[1:]]
    for one, other in pairs:
        one, other = unicodedata.normalize("NFKC", one), unicodedata.normalize("NFKC", other)
        parents[root(other)] = root(one)

    groups = defaultdict(list)
    for each in sorted(parents):
        groups[root(each)].append(each)
    members = sorted(parents)
    standard = converted("t2tw", converted("s2t", converted("t2s", members)))
    votes = dict(zip(members, standard, strict=True))
    rare = {other for group in FURTHER for other in group[1:]}
    table = {}
    for group in groups.values():
        if len(group) > 1:
            elected = Counter(votes[each] for each in group if votes[each] in group)
            keep = max(elected, key=lambda each: (each not in rare, elected[each], votes[each] == each, each))
            table[keep] = "".join(each for each in group if each != keep)
    return table


def table() -> str:
    """The file's text."""
    return HEADER + "".join(f"{keep}\t{others}\n" for keep, others in sorted(classes().items()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail where the file is out of date")
    arguments = parser.parse_args()
    text = table()
    if not arguments.check:
        TABLE.write_text(text, encoding="utf-8")
    elif text != TABLE.read_text(encoding="utf-8"):
        sys.exit(f"{TABLE.name} is not what OpenCC's data give: run python -m scripts.variants")


if __name__ == "__main__":
    main()
