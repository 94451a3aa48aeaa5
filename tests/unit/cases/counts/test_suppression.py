"""What a reader can work out of a table with hidden cells, by linear programming: never one of them."""

from itertools import product

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from portal.cases.counts.suppression import Axis, suppressed, with_totals

THRESHOLD = 3
COUNTS = st.one_of(st.just(0), st.integers(1, 4), st.integers(0, 60))


@st.composite
def tables(draw):
    """Axes, with totals or without, and the parts of a table."""
    axes = [
        Axis(tuple(f"{name}{place}" for place in range(draw(st.integers(1, 3)))), draw(st.sampled_from(["all", None])))
        for name in "abc"[: draw(st.integers(1, 3))]
    ]
    parts = {part: draw(COUNTS) for part in product(*(axis.codes for axis in axes))}
    return axes, parts


def bounds(cells, axes, hidden, cell):
    """The least and the most that a hidden cell can be, for whoever knows the published cells, all sums, and that no
    hidden cell is zero; the most is None where nothing limits it.
    """
    unknown = {each: place for place, each in enumerate(sorted(hidden))}
    rows, sums = [], []
    for place, axis in enumerate(axes):
        if axis.total is None:
            continue
        for total in (each for each in cells if each[place] == axis.total):
            row, known = numpy.zeros(len(unknown)), 0
            for code in axis.places:
                member, sign = (*total[:place], code, *total[place + 1 :]), -1 if code == axis.total else 1
                if member in unknown:
                    row[unknown[member]] = sign
                else:
                    known -= sign * cells[member]
            rows.append(row)
            sums.append(known)
    limits = []
    for direction in (1, -1):
        goal = numpy.zeros(len(unknown))
        goal[unknown[cell]] = direction
        equations = {"A_eq": numpy.array(rows), "b_eq": sums} if rows else {}
        found = linprog(goal, **equations, bounds=(1, None), method="highs")
        limits.append(None if found.status in (3, 4) else direction * found.fun)
    return limits


@settings(max_examples=150, deadline=None)
@given(tables(), st.data())
def test_no_hidden_cell_can_be_worked_out(table, data):
    axes, parts = table
    cells = with_totals(parts, axes)
    already = data.draw(st.sets(st.sampled_from(sorted(cells)), max_size=2))
    hidden = suppressed(cells, axes, threshold=THRESHOLD, already=already)
    assert {cell for cell, count in cells.items() if 0 < count <= THRESHOLD} <= hidden
    assert {cell for cell in already if cells[cell]} <= hidden
    assert all(cells[cell] for cell in hidden)
    for cell in hidden:
        least, most = bounds(cells, axes, hidden, cell)
        assert most is None or most - least >= 1 - 1e-6
        if cells[cell] <= THRESHOLD:
            assert most is None or most > THRESHOLD + 1 - 1e-6


def one_axis(*counts):
    axis = Axis(tuple(f"c{place}" for place in range(len(counts))), "all")
    return with_totals({(code,): count for code, count in zip(axis.codes, counts, strict=True)}, [axis]), [axis]


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ((40, 20), set()),
        ((40, 4), set()),
        ((40, 3), {"c0", "c1"}),
        ((40, 3, 9), {"c1", "c2"}),
        ((40, 2, 1), {"c0", "c1", "c2"}),
        ((40, 3, 0), {"c0", "c1"}),
        ((3, 0), {"c0", "all"}),
        ((1, 1), {"c0", "c1", "all"}),
        ((0, 0), set()),
    ],
)
def test_along_one_axis(counts, hidden):
    cells, axes = one_axis(*counts)
    assert suppressed(cells, axes, threshold=THRESHOLD) == {(code,) for code in hidden}


def test_from_two_to_three_nothing_shows():
    before, axes = one_axis(40, 2, 9)
    after, _axes = one_axis(40, 3, 9)
    hidden = suppressed(before, axes, threshold=THRESHOLD)
    assert suppressed(after, axes, threshold=THRESHOLD, already=hidden) == hidden
    assert ("c1",) in hidden


def test_what_was_hidden_stays_hidden_when_it_grows():
    before, axes = one_axis(40, 3, 9)
    after, _axes = one_axis(40, 4, 9)
    hidden = suppressed(before, axes, threshold=THRESHOLD)
    assert suppressed(after, axes, threshold=THRESHOLD) == set()
    assert suppressed(after, axes, threshold=THRESHOLD, already=hidden) == hidden


def test_a_code_that_no_axis_has_is_refused():
    with pytest.raises(KeyError):
        with_totals({("other",): 1}, [Axis(("one",), "all")])
