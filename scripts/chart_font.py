"""Makes the font of the charts: `python -m scripts.chart_font`, where fonttools and Noto Sans CJK are installed.

What is cut out of Noto Sans CJK TC (SIL Open Font License) are the characters of Big5 and those of European Latin, with
outlines in quadratic curves, which `portal.statistics.lettering` reads. The result goes by a name of its own, as the
licence wants of what is changed; the licence lies beside it.
"""

import argparse
import sys
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont, newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

FAMILY = "Portal Sans TC"
TARGET = Path(__file__).resolve().parents[1] / "portal/statistics/fonts/PortalSansTC-Regular.ttf"
#: Characters of names in Taiwan that Big5 does not have.
_BESIDES = "堃喆峯邨栢犇煊瑠啓曻綉綫衆"
_SOURCE = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
#: How far, in thousandths of an em, a curve may lie from the original's.
_TOLERANCE = 2.0
_LEFT_OUT = ("CFF ", "VORG", "vhea", "vmtx", "GSUB", "GPOS", "GDEF", "BASE")
_COUNTERS = (
    *("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements"),
    *("maxSizeOfInstructions", "maxComponentElements", "maxComponentDepth"),
    *("maxPoints", "maxContours", "maxCompositePoints", "maxCompositeContours"),
)


def characters() -> set[int]:
    """The code points of Big5 (as Windows has it), of European Latin, and of signs that labels of figures have."""
    found = {*range(0x20, 0x7F), *range(0xA0, 0x180), *map(ord, f"−–—‘’“”…·•×÷±≤≥≠≈‰℃㎡{_BESIDES}")}
    for lead in range(0xA1, 0xFA):
        for trail in (*range(0x40, 0x7F), *range(0xA1, 0xFF)):
            try:
                found.update(map(ord, bytes([lead, trail]).decode("cp950")))
            except UnicodeDecodeError:
                continue
    return found


def reduced(font: TTFont) -> None:
    """Leave only the characters, without hints and layout features."""
    options = Options()
    options.layout_features = []
    options.hinting = False
    options.desubroutinize = True
    options.notdef_outline = True
    options.name_IDs = [0, 13, 14]
    cut = Subsetter(options)
    cut.populate(unicodes=characters())
    cut.subset(font)


def with_quadratic_outlines(font: TTFont) -> None:
    """Replace the cubic outlines by quadratic ones, each glyph whole and none made of others."""
    glyphs, order = font.getGlyphSet(), font.getGlyphOrder()
    outlines = newTable("glyf")
    outlines.glyphOrder, outlines.glyphs = order, {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, _TOLERANCE, reverse_direction=True))
        outlines.glyphs[name] = pen.glyph()
    for tag in _LEFT_OUT:
        if tag in font:
            del font[tag]
    font["loca"], font["glyf"] = newTable("loca"), outlines
    font["maxp"].tableVersion = 0x00010000
    for counter in _COUNTERS:
        setattr(font["maxp"], counter, 0)
    font["maxp"].maxZones = 1
    font["head"].glyphDataFormat = 0
    font["post"].formatType = 3.0
    font.sfntVersion = "\0\1\0\0"


def named(font: TTFont) -> None:
    """Give the font its own name, and one table of characters: the one that knows all code points."""
    for number, text in {1: FAMILY, 2: "Regular", 3: FAMILY, 4: FAMILY, 6: "PortalSansTC-Regular"}.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    table = CmapSubtable.newSubtable(12)
    table.platformID, table.platEncID, table.language, table.cmap = 3, 10, 0, font.getBestCmap()
    font["cmap"].tables = [table]


def main() -> int:
    """Write the font."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", type=Path, default=_SOURCE, help="NotoSansCJK-Regular.ttc")
    source = parser.parse_args().source
    font = next(each for each in TTCollection(source).fonts if each["name"].getDebugName(4) == "Noto Sans CJK TC")
    font.recalcTimestamp = False
    reduced(font)
    with_quadratic_outlines(font)
    named(font)
    font.save(TARGET)
    print(f"{TARGET.name}: {len(font.getGlyphOrder())} glyphs, {TARGET.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
