"""The colours of the charts, on light paper and on dark.

Data colours have a contrast of at least 3 : 1 against the paper, and any two are told apart in every common kind of
colour blindness; a test computes both. No red is among them: red means danger on this site.
"""

#: The name of each colour of the frame, with its light and its dark value: the tokens of the site's look.
PAPER = ("#ffffff", "#0d181e")
INK = ("#12222b", "#e3ecef")
INK2 = ("#43545e", "#aebec5")
LINE = ("#cbd7dc", "#2c3f48")
#: Colours of data in the order in which they are given out.
SERIES = (
    ("#00516a", "#86cfe3"),
    ("#d07a22", "#bd6604"),
    ("#a97fe4", "#638be8"),
    ("#372e0c", "#f0f493"),
    ("#3b8087", "#686483"),
    ("#89520e", "#eda568"),
)
#: As many codes as can be told apart in one chart.
MOST_COLOURS = len(SERIES)

#: Light value → dark value.
DARK = dict((PAPER, INK, INK2, LINE, *SERIES))
