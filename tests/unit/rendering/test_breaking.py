"""Where the lines of a sharing picture break."""

from hypothesis import given
from hypothesis import strategies as st

from portal.rendering.sharing.breaking import CLOSING, OPENING, balanced, filled, pieces

MIXED = st.text("城市鑰展第年月 ab1209「」（）《》，。、―…·-.,'\"()", min_size=1, max_size=60)


def width(text: str) -> float:
    """Ten pixels for a Han character, five for a Latin one."""
    return sum(10 if ord(each) > 0x2000 else 5 for each in text)


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one():
    assert filled("展出「城市市鑰」，很好。", width, 30) == ["展出", "「城市", "市", "鑰」，", "很好。"]


def test_words_and_counted_numbers_stay_whole():
    assert pieces("第36個姊妹市111年5月 Busan Tower") == [
        *("第36個", "姊", "妹", "市", "111年", "5月 "),
        *("Busan ", "Tower"),
    ]
    assert pieces("海雲台―海上城市") == ["海", "雲", "台―", "海", "上", "城", "市"]
    assert filled("Load balancer and security", width, 70) == ["Load balancer", "and security"]


def test_lines_are_about_equally_long():
    assert balanced("一二三四五六七八九十甲", width, 100) == ["一二三四五六", "七八九十甲"]
    assert balanced("四維行政中心", width, 100) == ["四維行政中心"]


@given(MIXED)
def test_nothing_is_lost(text):
    for most in (30, 75, 200):
        for lines in (filled(text, width, most), balanced(text, width, most)):
            assert "".join("".join(lines).split()) == "".join(text.split())


@given(MIXED)
def test_marks_stand_where_they_may(text):
    text = text.strip()
    found = pieces(text)
    words = [piece for piece in found if piece.strip(CLOSING + OPENING + " ")]
    assert all(piece[0] not in CLOSING for piece in words[1:])
    assert all(piece.rstrip()[-1] not in OPENING for piece in found[:-1])


@given(MIXED, st.integers(20, 200))
def test_balanced_needs_no_more_lines(text, most):
    assert len(balanced(text, width, most)) <= max(1, len(filled(text, width, most)))
