"""Pieces of texts and the tokens that they give."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.folding import fold
from search.analysis.tokens import (
    BOUNDARY,
    Kind,
    compounds,
    han_grams,
    index_tokens,
    match_tokens,
    pieces,
    sequence_tokens,
)
from tests.unit.search.analysis.texts import TEXTS

HAN, WORD, NUMBER, DATE = Kind.HAN, Kind.WORD, Kind.NUMBER, Kind.DATE


def cut(text: str) -> list[tuple[Kind, str]]:
    return [(piece.kind, piece.text) for piece in pieces(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("熊本市長", [(HAN, "熊本市長")]),
        ("釜山市 市長", [(HAN, "釜山市"), (HAN, "市長")]),
        ("佐々木さん", [(HAN, "佐々木さん")]),
        ("ラーメン二〇二二", [(HAN, "ラーメン二〇二二")]),
        ("𠀋𪚥", [(HAN, "𠀋𪚥")]),
        ("第36個姊妹市", [(HAN, "第"), (NUMBER, "36"), (HAN, "個姊妹市")]),
        ("N95口罩", [(WORD, "n95"), (HAN, "口罩")]),
        ("owner's owners’", [(WORD, "owner"), (WORD, "owners")]),
        ("O'Brien don’t", [(WORD, "obrien"), (WORD, "dont")]),
        ("COVID-19", [(WORD, "covid"), (NUMBER, "19")]),
        ("covid19 KPSN2", [(WORD, "covid19"), (WORD, "kpsn2")]),
        ("kcg.gov.tw", [(WORD, "kcg"), (WORD, "gov"), (WORD, "tw")]),
        ("file_name", [(WORD, "file"), (WORD, "name")]),
        ("Київ 부산 हिन्दी", [(WORD, "київ"), (WORD, "부산"), (WORD, "हिन्दी")]),
        ("2,368 ２３６８ ２，３６８", [(NUMBER, "2368")] * 3),
        ("27.55% 27.55 27.550", [(NUMBER, "27.55")] * 3),
        ("1,013.1", [(NUMBER, "1013.1")]),
        ("1,234,567件", [(NUMBER, "1234567"), (HAN, "件")]),
        ("100.00 100", [(NUMBER, "100"), (NUMBER, "100")]),
        ("0800-000-123", [(NUMBER, "0800"), (NUMBER, "000"), (NUMBER, "123")]),
        ("-5", [(NUMBER, "5")]),
        ("1.2.3", [(NUMBER, "1"), (NUMBER, "2"), (NUMBER, "3")]),
        ("1,2,3", [(NUMBER, "1"), (NUMBER, "2"), (NUMBER, "3")]),
        ("2331/8462", [(NUMBER, "2331"), (NUMBER, "8462")]),
        ("36th 1st 2nd 3rd", [(NUMBER, "36"), (NUMBER, "1"), (NUMBER, "2"), (NUMBER, "3")]),
        ("5G 100km", [(NUMBER, "5"), (WORD, "g"), (NUMBER, "100"), (WORD, "km")]),
        ("2022 111 13/45/99", [(NUMBER, each) for each in ("2022", "111", "13", "45", "99")]),
        ("111年3月展覽", [(DATE, "2022-03"), (HAN, "展覽")]),
        ("consumer complaint 2022", [(WORD, "consumer"), (WORD, "complaint"), (NUMBER, "2022")]),
        ("on 17 March 2022", [(WORD, "on"), (DATE, "2022-03-17")]),
        ("", []),
        ("，。！", []),
    ],
)
def test_pieces(text: str, expected: list[tuple[Kind, str]]) -> None:
    assert cut(text) == expected


def test_offsets_of_pieces_lie_in_the_original() -> None:
    text = "㈱高雄 ｶﾞｽ e\u0301tude ２，３６８件"
    cut = [text[piece.start : piece.end] for piece in pieces(text)]
    assert cut == ["㈱", "高雄", "ｶﾞｽ", "e\u0301tude", "２，３６８", "件"]


def test_grams() -> None:
    assert han_grams("熊本市長", 1) == ["熊", "本", "市", "長"]
    assert han_grams("熊本市長", 2) == ["熊本", "本市", "市長"]
    assert han_grams("熊本市長", 3) == ["熊本市", "本市長"]
    assert han_grams("熊", 2) == []


def test_tokens_of_the_index_are_in_order() -> None:
    text = "釜山市長 visited, 2,368 件，111年3月"
    assert index_tokens(text, unigrams=False) == [
        *("釜山", "山市", "市長", "visit", "#2368", "件"),
        *("@2022-03", "@2022-Q1", "@2022-H1", "@2022", "#111", "#3"),
    ]
    assert index_tokens("釜山市長", unigrams=True) == ["釜", "山", "市", "長", "釜山", "山市", "市長"]
    assert index_tokens("釜", unigrams=True) == index_tokens("釜", unigrams=False) == ["釜"]


def test_a_date_is_found_by_its_characters_too() -> None:
    tokens = match_tokens("自民國111年3月17日起")
    assert {"@2022-03-17", "@2022-03", "@2022-Q1", "@2022-H1", "@2022"} <= tokens
    assert {"#111", "#3", "#17", "自民國", "民國", "年", "月", "日起", "日", "起"} <= tokens
    assert {"march", "#17", "#2022", "@2022-03"} <= match_tokens("17 March 2022")
    assert "march" in index_tokens("17 March 2022", unigrams=False)


@pytest.mark.parametrize(
    "text", ["民國111年3月", "111/3", "March 2022", "2022-03", "２０２２年３月", "Mar. 2022", "111-03"]
)
def test_ways_of_writing_a_month_meet(text: str) -> None:
    assert "@2022-03" in match_tokens(text)
    assert index_tokens(text, unigrams=False)[0] == "@2022-03"


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("COVID-19", {"covid", "#19", "covid19"}),
        ("covid19", {"covid", "#19", "covid19"}),
        ("e-mails", {"e", "mail", "email"}),
        ("U.S.A.", {"u", "s", "a", "usa"}),
        ("5G", {"#5", "g", "5g"}),
        ("36th", {"#36"}),
        ("07-337-3999", {"#07", "#337", "#3999"}),
        ("kcg.gov.tw", {"kcg", "gov", "tw"}),
        ("a-b-c-d-e-f", set("abcdef")),
    ],
)
def test_compound_words_are_found_whole_and_in_parts(text: str, tokens: set[str]) -> None:
    assert match_tokens(text) == tokens
    assert set(index_tokens(text, unigrams=False)) == tokens


def test_compounds() -> None:
    text = "the COVID-19 e-mail"
    assert [(piece.text, text[piece.start : piece.end]) for piece in compounds(text)] == [
        ("covid19", "COVID-19"),
        ("email", "e-mail"),
    ]


@pytest.mark.parametrize("text", ["COVID-19", "covid 19", "Covid19"])
def test_sequences_do_not_depend_on_hyphens(text: str) -> None:
    assert sequence_tokens(text) == ["covid", "#19"]


def test_sequences() -> None:
    assert sequence_tokens("民國111年3月17日, the 36th sister cities") == [
        *("民", "國", "#111", "年", "#3", "月", "#17", "日", "the", "#36", "sister", "citi"),
    ]


@given(TEXTS)
def test_a_text_matches_itself(text: str) -> None:
    tokens = match_tokens(text)
    assert set(index_tokens(text, unigrams=True)) <= tokens
    assert set(index_tokens(text, unigrams=False)) <= tokens
    assert set(sequence_tokens(text)) <= tokens


@given(TEXTS, TEXTS)
def test_a_text_matches_its_words_within_another(text: str, other: str) -> None:
    tokens = match_tokens(f"{other} 。 {text} 。 {other}")
    assert match_tokens(text) <= tokens


@given(TEXTS)
def test_spelling_does_not_change_tokens(text: str) -> None:
    assert match_tokens(fold(text).text) == match_tokens(text)


@given(TEXTS)
def test_tokens_can_stand_side_by_side(text: str) -> None:
    for token in {*index_tokens(text, unigrams=True), *match_tokens(text), *sequence_tokens(text)}:
        assert token
        assert token.split() == [token]
        assert BOUNDARY not in token
        assert len(token) <= 100
        token.encode()


@given(TEXTS)
def test_pieces_are_in_order_and_say_where_they_come_from(text: str) -> None:
    done = 0
    for piece in pieces(text):
        assert piece.text
        assert done <= piece.start < piece.end <= len(text) or piece.start < done <= piece.end
        done = piece.end
        if piece.kind is HAN:
            assert piece.text in fold(text[piece.start : piece.end]).text


@given(st.text(st.sampled_from("0123456789,.- "), max_size=30))
def test_any_digits_give_numbers_that_keep_their_digits(text: str) -> None:
    for piece in pieces(text):
        if piece.kind is NUMBER:
            written = text[piece.start : piece.end]
            assert float(piece.text) == float(written.replace(",", ""))


@pytest.mark.parametrize(
    "text", ["9" * 200_000, "a" * 200_000, "1," * 100_000, "1.1" * 70_000, "a-" * 100_000, "'" * 99_999]
)
def test_hostile_texts_give_short_tokens(text: str) -> None:
    assert all(len(token) <= 100 for token in match_tokens(text))
