"""The letters of charts: widths, outlines, lines."""

import pytest

from portal.statistics.lettering import font, wrapped


def test_the_font_has_chinese_and_latin():
    assert all(character in font() for character in "市府所屬機關學校員額堃碁犇（）、％−±Áß")
    assert "\U00020000" not in font()


def test_figures_are_equally_wide_and_han_is_an_em():
    assert len({font().advance(digit) for digit in "0123456789"}) == 1
    assert font().width("員額") == 2
    assert font().width("\U00020000") == 1


def test_an_outline_is_a_closed_path():
    assert font().outline("一") == "M44 431L960 431L960 349L44 349L44 431Z"
    assert font().outline("口").count("M") == 2
    assert "Q" in font().outline("8")
    assert font().outline(" ") == ""
    with pytest.raises(KeyError):
        font().outline("\U00020000")


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("臨時人員－業務助理、約用人員", 150, ["臨時人員－業務助理、", "約用人員"]),
        ("（甲）乙", 16, ["（甲）", "乙"]),
        ("Temporary staff: others", 90, ["Temporary", "staff: others"]),
        ("工級人員5,498人", 75, ["工級人員", "5,498人"]),
        ("Incomprehensibilities", 10, ["Incomprehensibilities"]),
        ("短", 500, ["短"]),
        ("", 10, [""]),
    ],
)
def test_lines_are_broken_where_they_may_be(text, width, lines):
    assert wrapped(text, 15, width) == lines
