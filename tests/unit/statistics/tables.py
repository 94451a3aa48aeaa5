"""A structure to test with, and rows of it."""

from collections.abc import Callable, Iterable
from typing import Any

from hypothesis import strategies as st

from portal.core.periods import parse_period
from portal.statistics.rows import Row
from portal.statistics.status import STATUSES, WITHOUT_VALUE
from portal.statistics.structure import Dimension, Measure, Structure

STRUCTURE = Structure(
    dimensions=(
        Dimension("staff", ("workers", "temporary")),
        Dimension("place", ("agencies", "schools", "all")),
    ),
    measures=(Measure("headcount", "person"), Measure("share", "percent")),
)
PERIODS = ("2021", "2022-H1", "2022-05", "2022-05-31", "2022-02-01--2022-06-30")

HEADER = "period,measure,staff,place,value,status,note_zh,note_en"
CSV = f"""{HEADER}
2022-05,headcount,workers,agencies,5498,normal,,
2022-05,headcount,workers,schools,633,normal,,
2022-05,headcount,temporary,all,2444,approximate,約數，見說明,"About, see below"
2022-05,share,workers,all,27.50,normal,=1+1,
2022-05,share,temporary,all,,missing,,
"""

VALUES = st.builds(
    lambda sign, whole, fraction: f"{sign}{whole}.{fraction}" if fraction else f"{sign}{whole}",
    st.sampled_from(["", "-"]),
    st.integers(1, 10**18 - 1),
    st.text("0123456789", max_size=10),
) | st.sampled_from(["0", "0.00", "0.05", "-0.5"])
NOTES = st.text(st.characters(exclude_categories=("Cc", "Cs")) | st.just("\n"), max_size=20).map(str.strip)


@st.composite
def tables(draw, *, max_size: int = 20) -> list[Row]:
    """Rows without a repeated key, in any order."""
    places = st.tuples(
        st.sampled_from(PERIODS),
        st.sampled_from([measure.code for measure in STRUCTURE.measures]),
        *(st.sampled_from(dimension.codes) for dimension in STRUCTURE.dimensions),
    )
    return [draw(rows(*place)) for place in draw(st.lists(places, min_size=1, max_size=max_size, unique=True))]


@st.composite
def rows(draw, period: str, measure: str, staff: str, place: str) -> Row:
    """One row at a place."""
    status = draw(st.sampled_from(list(STATUSES)))
    value = None if status in WITHOUT_VALUE else draw(VALUES)
    note = draw(NOTES)
    dimensions = {"staff": staff, "place": place}
    return Row(period, measure, dimensions, value, status, note, draw(NOTES) if note else "")


def in_order(rows: Iterable[Row], structure: Structure) -> list[Row]:
    """The rows in the order in which a table holds and shows them, told apart from how tables come to it.

    By measure, then by each dimension, both in the order of their declaration, then by period, earlier first.
    The order in which rows were entered does not matter. Raises KeyError for a code that the structure does
    not declare.
    """
    return sorted(rows, key=_place(structure))


def _place(structure: Structure) -> Callable[[Row], tuple[Any, ...]]:
    measures = {measure.code: place for place, measure in enumerate(structure.measures)}
    dimensions = {
        dimension.code: {code: place for place, code in enumerate(dimension.codes)}
        for dimension in structure.dimensions
    }

    def place(row: Row) -> tuple[Any, ...]:
        codes = (places[row.dimensions[dimension]] for dimension, places in dimensions.items())
        return measures[row.measure], *codes, parse_period(row.period)

    return place
