"""How a query is read: which records it matches, whatever engine looks for them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis.tokens import match_tokens, sequence_tokens
from search.plan import AllOf, AnyOf, AtLeast, Everything, Not, Phrase, Term
from search.reading import candidates, read
from search.syntax import parts


def holds(node, text):
    """Whether a text is matched."""
    if isinstance(node, Term):
        return node.token in match_tokens(text)
    if isinstance(node, Phrase):
        tokens = sequence_tokens(text)
        size = len(node.tokens)
        return any(tuple(tokens[i : i + size]) == node.tokens for i in range(len(tokens) - size + 1))
    if isinstance(node, AllOf):
        return all(holds(part, text) for part in node.parts)
    if isinstance(node, AnyOf):
        return any(holds(part, text) for part in node.parts)
    if isinstance(node, AtLeast):
        return sum(holds(part, text) for part in node.parts) >= node.number
    if isinstance(node, Not):
        return not holds(node.part, text)
    assert isinstance(node, Everything)
    return True


def matches(query, text, alternatives=None):
    asked = read(parts(query), alternatives or {})
    return all(holds(unit.match, text) for unit in asked.units) and not any(holds(node, text) for node in asked.without)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("釜山", "高雄與釜山市締盟"),
        ("釜山市長", "市長與釜山代表會面"),
        ("熊本市長來訪", "熊本縣來訪，市長接待"),
        ("城市市鑰主題展", "「城市市鑰」的主題展"),
        ("台北", "臺北"),
        ("消费者申诉", "消費者申訴案件"),
        ("高雄的姊妹市", "姊妹市與高雄"),
        ("熊本什麼時候來訪", "熊本來訪"),
        ("visits", "He visited Busan"),
        ("the mayor of Busan", "Busan's mayor"),
        ("2,368", "共2368件"),
        ("2368", "共2,368件"),
        ("２３６８", "2,368"),
        ("民國111年3月", "2022年3月17日"),
        ("March 2022", "111/3/17"),
        ("2022", "111年6月"),
        ('"sister city"', "a sister city of"),
        ('"城市市鑰"', "「城市市鑰」主題展"),
        ("釜山 -展覽", "釜山照片"),
        ("市", "城市"),
        ("釜", "釜山"),
        ("想去釜山", "釜山"),
        ("買口罩要找衛生局", "口罩與衛生局"),
        ("對象的資料", "資料與對象"),
        ("高雄的", "高雄"),
    ],
)
def test_matches(query, text):
    assert matches(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("釜山", "釜底抽薪，山高水長"),
        ("熊本市長", "熊本的城市，長期"),
        ("2368", "23689"),
        ("民國111年3月", "111年6月3日"),
        ('"city sister"', "sister city"),
        ("釜山 -展覽", "釜山照片展覽"),
        ("Busan Kumamoto", "Busan"),
    ],
)
def test_does_not_match(query, text):
    assert not matches(query, text)


def test_a_name_matches_by_its_other_forms():
    other = {"釜山": ("busan",), "sister city": ("姊妹市",), "busan": ("釜山",)}
    assert matches("釜山市長", "the mayor (市長) of Busan", other)
    assert matches("sister city photos", "姊妹市 photo", {"sister citi": ("姊妹市",)})
    assert not matches("釜山市長", "the mayor of Busan", other)


def test_loosened_a_name_is_looked_for_by_its_other_forms():
    [unit] = read(parts("買賣糾紛"), {"糾紛": ("爭議",)}).units
    assert not holds(unit.match, "買賣契約") and not holds(unit.match, "消費爭議")
    assert any(holds(node, "買賣契約") for node in unit.loose)
    assert any(holds(node, "消費爭議") for node in unit.loose)


def test_candidates_hold_the_names_within_a_query():
    found = candidates(parts("釜山市長 Sister cities 2022"))
    assert {"釜山", "釜山市", "sister citi", "sister", "2022"} <= found


han = st.text("熊本市長釜山高雄姊妹城交流的來訪", min_size=1, max_size=40)


@given(han)
@settings(max_examples=200)
def test_a_text_is_found_by_itself(text):
    assert matches(text, text)


@given(st.text(max_size=300))
@settings(max_examples=200)
def test_any_query_is_read(query):
    asked = read(parts(query), {})
    assert len(asked.units) <= 24


@given(st.integers(1, 400), st.sampled_from(["市", "市長", "的", "有買去在", "市的", "市長買的"]))
@settings(max_examples=40)
def test_a_long_run_stays_small(times, piece):
    asked = read(parts(piece * times), {})
    assert sum(_size(unit.match) for unit in asked.units) < 4000


def _size(node):
    inner = getattr(node, "parts", ())
    return 1 + sum(_size(part) for part in inner)


def marked(query, alternatives=None):
    return {word for unit in read(parts(query), alternatives or {}).units for word in unit.han}


def test_what_is_marked_is_what_a_cut_consists_of():
    assert marked("釜山") == {"釜山"}
    assert marked("釜山市長") == {"釜山市長", "釜山", "市長"}
    assert marked("高雄姊妹市") == {"高雄姊妹市", "高雄", "高雄姊", "妹市", "姊妹市"}


def test_another_form_is_marked_whole():
    assert marked("釜山", {"釜山": ("釜山市",)}) == {"釜山", "釜山市"}
    for query in ("姊妹市", "釜山姊妹市"):
        [unit] = read(parts(query), {"姊妹市": ("sister citi", "twin")}).units
        assert (unit.together, unit.marks) == ((("sister", "citi"),), ("twin",))
