"""Sparklines: a trend needs three points, and the line stays in its box."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from portal.rendering.sparklines import FEWEST, HEIGHT, WIDTH, sparkline

VALUES = st.decimals(min_value=-(10**9), max_value=10**9, places=2)


def test_fewer_than_three_values_are_no_trend():
    assert sparkline([]) is None
    assert sparkline([Decimal(8462), Decimal(6131)]) is None


def test_what_rises_goes_up():
    line = sparkline([Decimal(1), Decimal(2), Decimal(4)])
    assert line is not None
    assert float(line.first[1]) > float(line.last[1])


@given(st.lists(VALUES, min_size=FEWEST, max_size=40))
def test_every_point_is_in_the_box_and_in_the_order_of_time(values):
    line = sparkline(values)
    assert line is not None
    points = [tuple(map(float, point.split(","))) for point in line.points.split()]
    assert len(points) == len(values)
    assert [x for x, _y in points] == sorted(x for x, _y in points)
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points)
    assert (points[0], points[-1]) == (tuple(map(float, line.first)), tuple(map(float, line.last)))
