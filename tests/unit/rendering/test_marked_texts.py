"""Two texts as one: nothing is lost, Chinese is not shredded, figures stay whole, and the work is bounded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.rendering.marked_texts import Effort, changed_lines, marked

_SHOWN = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}


def shown(line) -> str:
    """A line with its marks."""
    return "".join(_SHOWN[segment.kind].format(segment.text) for segment in line)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("市長接見釜山代表團。", "市長接見釜山訪問團。", "市長接見釜山[-代表-]{+訪問+}團。"),
        ("員額6,131人", "員額6,132人", "員額[-6,131-]{+6,132+}人"),
        ("111年3月17日", "111年4月1日", "111年[-3月17-]{+4月1+}日"),
        ("率27.50%", "率27.55%", "率[-27.50-]{+27.55+}%"),
        (
            "The Mayor met the delegation.",
            "The Mayor received the delegation.",
            "The Mayor [-met-]{+received+} the delegation.",
        ),
        ("the Mayor’s visit", "the Mayor’s visits", "the Mayor’s [-visit-]{+visits+}"),
        ("甲乙丙", "甲乙丙，另加一句話說明。", "甲乙丙{+，另加一句話說明。+}"),
        ("same", "same", "same"),
        ("", "new", "{+new+}"),
        ("old", "", "[-old-]"),
    ],
)
def test_what_changed_is_marked(before, after, expected):
    assert shown(marked(before, after, Effort())) == expected


def test_what_is_the_same_by_coincidence_is_not_picked_out():
    assert shown(marked("本市的教育局長", "府裡的社會科長", Effort())).count("[-") == 1
    assert shown(marked("alpha of beta in gamma", "delta of epsilon in zeta", Effort())).count("[-") == 1


@given(st.text("市長接見的，。 ab1,2\n", max_size=60), st.text("市長接見的，。 ab1,2\n", max_size=60))
def test_both_texts_can_be_read_from_the_marks(before, after):
    line = marked(before, after, Effort())
    assert "".join(segment.text for segment in line if segment.kind != "added") == before
    assert "".join(segment.text for segment in line if segment.kind != "removed") == after
    assert all(segment.text for segment in line)


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_characters_will_do(before, after):
    line = marked(before, after, Effort())
    assert "".join(segment.text for segment in line if segment.kind != "added") == before


@given(st.lists(st.text("甲乙ab", max_size=4), max_size=8), st.lists(st.text("甲乙ab", max_size=4), max_size=8))
def test_lists_are_the_same_only_without_changed_lines(before, after):
    changed = changed_lines(before, after, Effort())
    if before == after:
        assert changed == []
    elif [each for each in before if each] != [each for each in after if each]:
        assert changed


def test_lines_that_are_the_same_are_left_out():
    changed = changed_lines(["一", "市長接見釜山代表團", "三"], ["一", "市長接見釜山訪問團", "三", "四"], Effort())
    assert [shown(line) for line in changed] == ["市長接見釜山[-代表-]{+訪問+}團", "{+四+}"]


def test_codes_are_replaced_whole():
    changed = changed_lines(["111年3月17日"], ["111年3月18日"], Effort(), by_words=False)
    assert [shown(line) for line in changed] == ["[-111年3月17日-]", "{+111年3月18日+}"]


def test_texts_that_are_too_long_are_replaced_whole():
    before, after = "的" * 30_000, "的了" * 20_000
    assert [segment.kind for segment in marked(before, after, Effort())] == ["removed", "added"]


def test_a_page_has_only_so_much_effort():
    effort = Effort(100)
    first, second, third = (shown(marked("甲乙丙丁戊己庚", "甲乙丙丁戊己辛", effort)) for _each in range(3))
    assert first == second == "甲乙丙丁戊己[-庚-]{+辛+}"
    assert third == "[-甲乙丙丁戊己庚-]{+甲乙丙丁戊己辛+}"
