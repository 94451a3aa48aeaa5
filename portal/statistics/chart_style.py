"""How charts look: letters, lines and colours, as Vega-Lite's configuration has them. Sizes are in pixels."""

from dataclasses import dataclass
from typing import Any

from portal.statistics.lettering import FAMILY
from portal.statistics.palette import INK, INK2, LINE, PAPER

#: Sizes of letters, and the height of a line of them.
SIZE, SMALL, TITLE, LINE_HEIGHT = 15, 14, 22, 19
#: Thickness of a bar that lies, alone and beside others.
THICK, THINNER = 24, 17
#: The part of their room that bars that stand leave between them.
BETWEEN_BARS = 0.4
#: What tells colours apart besides the colour: dashes of lines, shapes of points.
DASHES = ([1, 0], [6, 3], [2, 3], [10, 3], [8, 3, 2, 3], [4, 2])
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
#: What keeps pieces of one bar or area apart.
SEAM = {"stroke": PAPER[0], "strokeWidth": 1}


@dataclass(frozen=True)
class Layout:
    """How a picture is laid out: its width, the height of a plot whose values go upwards, the room around it all, and
    whether it has the title in it and the names of bars above them.
    """

    name: str
    width: int
    plot_height: int
    padding: int = 4
    has_title: bool = False
    names_above: bool = False

    @property
    def inner_width(self) -> int:
        """The width without the room at both sides."""
        return self.width - 2 * self.padding


#: By itself; beside words on a page; on a phone.
WHOLE = Layout("whole", 840, 360, padding=20, has_title=True)
PAGE = Layout("page", 652, 300)
PHONE = Layout("phone", 350, 260, names_above=True)
LAYOUTS = {layout.name: layout for layout in (WHOLE, PAGE, PHONE)}

CONFIG: dict[str, Any] = {
    "font": FAMILY,
    "view": {"stroke": None},
    "axis": {
        "aria": False,
        "labelFontSize": SMALL,
        "labelColor": INK2[0],
        "titleFontSize": SMALL,
        "titleFontWeight": "normal",
        "titleColor": INK2[0],
        "titlePadding": 10,
        "gridColor": {"condition": {"test": "datum.value === 0", "value": INK[0]}, "value": LINE[0]},
        "domain": False,
        "ticks": False,
    },
    "axisBand": {"labelFontSize": SIZE, "labelColor": INK[0], "labelLineHeight": LINE_HEIGHT, "labelPadding": 8},
    "legend": {
        "aria": False,
        "labelFontSize": SIZE,
        "labelColor": INK[0],
        "titleFontSize": SMALL,
        "titleFontWeight": "normal",
        "titleColor": INK2[0],
        "symbolSize": 160,
        "symbolStrokeWidth": 2.5,
        "titleLimit": 0,
        "columnPadding": 20,
        "rowPadding": 4,
    },
    "title": {
        "aria": False,
        "anchor": "start",
        "frame": "bounds",
        "fontSize": TITLE,
        "fontWeight": "normal",
        "color": INK[0],
        "lineHeight": TITLE + 6,
        "subtitleFontSize": SIZE,
        "subtitleColor": INK2[0],
        "subtitleLineHeight": SIZE + 6,
        "subtitlePadding": 6,
        "offset": 14,
    },
}
