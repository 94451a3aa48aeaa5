"""A section's label leads to its place in the report."""

import pytest

from tests.report_coverage.sections import find_sections

TEXT = """各位先生：
壹、執行狀況
一、交流
(一)夥伴
1.主題展
展示市鑰。(照片1)
2.燈會
開燈。(照片2、3)
(二)友誼
 1.拜會
 \t照片1：市鑰
 \t照片3：開燈
二、環境
1.111年維修
貳、結語
完善。
"""


def words(label: str) -> str:
    places = find_sections(TEXT).places(label)
    assert places is not None
    return "|".join(TEXT[start:end].strip() for start, end in places)


@pytest.mark.parametrize(
    ("label", "first", "last"),
    [
        ("開場", "各位", "先生："),
        ("壹、一、(一) 1", "1.主題展", "|照片1：市鑰"),
        ("壹、一、(一)2", "2.燈會", "|照片3：開燈"),
        ("壹、一、(一)", "(一)夥伴", "照片3：開燈"),
        ("壹、一、(二) 1", "1.拜會", "照片3：開燈"),
        ("壹、一（照片）", "一、交流", "照片3：開燈"),
        ("壹、二 1", "1.111年維修", "1.111年維修"),
        ("貳、結語", "貳、結語", "完善。"),
    ],
)
def test_places(label: str, first: str, last: str) -> None:
    found = words(label)
    assert found.startswith(first)
    assert found.endswith(last)


def test_item_ends_where_the_next_begins() -> None:
    assert "燈會" not in words("壹、一、(一) 1")


@pytest.mark.parametrize("label", ["壹、三", "壹、一、(三)", "壹、一、(一) 3", "結語", ""])
def test_unknown_section(label: str) -> None:
    assert find_sections(TEXT).places(label) is None
