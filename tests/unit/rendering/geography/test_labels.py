"""Names on a chart stand apart from each other, in the frame, and each nearest to what it names."""

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.rendering.geography.labels import Label, crosses, placed
from portal.rendering.geography.projection import Box, Point

FRAME = Box(0, 0, 730, 620)
POINTS = st.builds(Point, st.floats(0, 730), st.floats(0, 620))
NAMES = st.text("漢字 name", min_size=1, max_size=14).filter(str.strip)


@st.composite
def labels(draw) -> list[Label]:
    count = draw(st.integers(1, 40))
    return [
        Label(str(key), (draw(NAMES),), draw(st.sampled_from((17.0, 20.0, 37.0))), (draw(POINTS),))
        for key in range(count)
    ]


@settings(max_examples=25, deadline=None)
@given(labels())
def test_names_stand_apart_and_in_the_frame(wanted):
    points = [label.points[0] for label in wanted]
    found = placed(wanted, FRAME, points=points, lines=[(Point(365, 310), point) for point in points])
    for place, one in enumerate(found):
        assert FRAME.holds(one.box)
        assert not any(one.box.meets(other.box) for other in found[place + 1 :])
    assert placed(wanted, FRAME, points=points, lines=[(Point(365, 310), point) for point in points]) == found


def test_a_name_that_finds_no_place_is_left_out():
    crowd = [Label(str(key), ("名字很長的一個城市",), 20.0, (Point(60, 60),)) for key in range(60)]
    found = placed(crowd, Box(0, 0, 250, 120))
    assert 0 < len(found) < len(crowd)


def test_a_name_avoids_other_points_and_lines():
    wanted = [Label("a", ("城市",), 20.0, (Point(100, 100),))]
    assert placed(wanted, FRAME)[0].anchor == "start"
    beside = placed(wanted, FRAME, points=[Point(100, 100), Point(130, 100)])[0]
    assert not (beside.box.left < 130 < beside.box.right and beside.box.top < 100 < beside.box.bottom)
    route = (Point(100, 100), Point(300, 100))
    assert not crosses(*route, placed(wanted, FRAME, lines=[route])[0].box)


def test_a_name_is_not_taken_for_that_of_another_point():
    one, other = Point(100, 100), Point(112, 90)
    found = placed(
        [Label("one", ("第一個城市",), 20.0, (one,)), Label("other", ("第二個城市",), 20.0, (other,))],
        FRAME,
        points=[one, other],
    )
    by_key = {each.key: each.box for each in found}

    def distance(box: Box, point: Point) -> float:
        return max(box.left - point.x, 0, point.x - box.right) + max(box.top - point.y, 0, point.y - box.bottom)

    assert distance(by_key["one"], one) < distance(by_key["one"], other)
    assert distance(by_key["other"], other) < distance(by_key["other"], one)


def test_lines_cross_boxes():
    box = Box(10, 10, 20, 20)
    assert crosses(Point(0, 0), Point(30, 30), box)
    assert crosses(Point(15, 15), Point(100, 100), box)
    assert not crosses(Point(0, 0), Point(5, 5), box)
    assert not crosses(Point(0, 30), Point(30, 30), box)
    assert not crosses(Point(0, 12), Point(30, 60), box)
