"""Marking what was asked for in the original text."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.calendar import coarser
from search.analysis.folding import fold
from search.analysis.marking import Wanted, marked, spans
from search.analysis.passages import snippet
from search.analysis.stems import stem
from search.analysis.tokens import Kind, pieces
from tests.unit.search.analysis.texts import TEXTS

_TAGS = re.compile("</?mark>")


def of(text: str) -> Wanted:
    """All of a query wanted, piece by piece."""
    found = pieces(text)

    def texts(kind: Kind) -> list[str]:
        return [piece.text for piece in found if piece.kind is kind]

    return Wanted(
        han=tuple(sorted(texts(Kind.HAN), key=len, reverse=True)),
        stems=frozenset(map(stem, texts(Kind.WORD))),
        numbers=frozenset(texts(Kind.NUMBER)),
        dates=frozenset(texts(Kind.DATE)),
    )


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("台灣", "臺灣與台湾", "<mark>臺灣</mark>與<mark>台湾</mark>"),
        ("熊本 市長", "熊本市長", "<mark>熊本市長</mark>"),
        ("株", "㈱高雄", "<mark>㈱</mark>高雄"),
        ("雄市", "高雄\ufe00市長", "高<mark>雄\ufe00市</mark>長"),
        ("cities", "City's cities: <CITY>", "<mark>City&#x27;s</mark> <mark>cities</mark>: &lt;<mark>CITY</mark>&gt;"),
        ("art", "party art cart artist arts", "party <mark>art</mark> cart artist <mark>arts</mark>"),
        ("Bratislavsky", "BRATISLAVSKÝ kraj", "<mark>BRATISLAVSKÝ</mark> kraj"),
        ("etude", "e\u0301tude", "<mark>e\u0301tude</mark>"),
        ("harbor", "the Harbour", "the <mark>Harbour</mark>"),
        ("obrien", "O'Brien’s obriens oberon", "<mark>O&#x27;Brien’s</mark> <mark>obriens</mark> oberon"),
        ("die", "dying dyer died", "<mark>dying</mark> dyer <mark>died</mark>"),
        ("o", "O'Brien o", "O&#x27;Brien <mark>o</mark>"),
        ("부산", "부산 부산시", "<mark>부산</mark> 부산시"),
        ("2368", "2,368件 ２３６８ 12,368 2,368.5", "<mark>2,368</mark>件 <mark>２３６８</mark> 12,368 2,368.5"),
        ("27.55", "27.55% 27.550 127.55", "<mark>27.55</mark>% <mark>27.550</mark> 127.55"),
        ("55", "27.55 55", "27.55 <mark>55</mark>"),
        ("36", "36th 第36個 136 36.5", "<mark>36th</mark> 第<mark>36</mark>個 136 36.5"),
        ("covid-19", "COVID-19 covid19", "<mark>COVID</mark>-<mark>19</mark> <mark>covid19</mark>"),
        ("covid19", "COVID-19 covid19", "<mark>COVID-19</mark> <mark>covid19</mark>"),
        ("email", "e-mail E-mails emailing", "<mark>e-mail</mark> <mark>E-mails</mark> <mark>emailing</mark>"),
        ("5g", "5G 15G", "<mark>5G</mark> 15<mark>G</mark>"),
        (
            "111年3月",
            "2022/3/17 March 2022 111年4月 ２０２２年３月",
            "<mark>2022/3/17</mark> <mark>March 2022</mark> 111年4月 <mark>２０２２年３月</mark>",
        ),
        ("2022-03-17", "111年3月17日，111年3月", "<mark>111年3月17日</mark>，111年3月"),
        ("", "a < b & c", "a &lt; b &amp; c"),
        ("高雄", "", ""),
    ],
)
def test_marked(query: str, text: str, expected: str) -> None:
    assert marked(text, of(query)) == expected


def test_a_year_marks_the_dates_that_lie_in_it() -> None:
    wanted = Wanted(numbers=frozenset({"#2022"}), dates=frozenset({"@2022"}))
    assert marked("2022、111年3月、110年", wanted) == "<mark>2022</mark>、<mark>111年3月</mark>、110年"


def test_what_touches_is_marked_as_one() -> None:
    assert spans("高雄市長高雄", Wanted(han=("高雄市", "市長", "雄"))) == [(0, 4), (5, 6)]


def test_words_that_are_wanted_together_are_marked_side_by_side():
    wanted = Wanted(together=frozenset({(stem("sister"), stem("city"))}))
    text = "Smart City: sister cities, a sister-city tie, a city sister, sister and friendship cities"
    assert marked(text, wanted) == (
        "Smart City: <mark>sister cities</mark>, a <mark>sister-city</mark> tie, a city sister,"
        " sister and friendship cities"
    )
    assert snippet(["A city.", "Our sister city."], wanted) == "Our <mark>sister city</mark>."


@given(TEXTS, TEXTS)
def test_marking_never_changes_the_text(text: str, query: str) -> None:
    assert unescape(_TAGS.sub("", marked(text, of(query)))) == text


@given(TEXTS, TEXTS)
def test_only_marks_are_html(text: str, query: str) -> None:
    plain = marked(text, of(query)).replace("<mark>", "").replace("</mark>", "")
    assert not set("<>\"'") & set(plain)


@given(TEXTS, TEXTS)
def test_spans_are_apart_in_order_and_on_whole_characters(text: str, query: str) -> None:
    folded = fold(text)
    ends = range(len(text) + 1) if folded.offsets is None else set(folded.offsets)
    done = -1
    for start, end in spans(text, of(query)):
        assert done < start < end <= len(text)
        assert start in ends and end in ends
        done = end


@given(TEXTS, TEXTS)
def test_each_span_has_something_that_was_wanted(text: str, query: str) -> None:
    wanted = of(query)
    for start, end in spans(text, wanted):
        passage = text[start:end]
        folded = fold(passage).text
        found = pieces(passage)
        assert (
            any(word in folded for word in wanted.han)
            or any(stem(each) in wanted.stems for each in re.split(r"[^\w]|(?<=\d)(?=\D)|(?<=\D)(?=\d)", folded))
            or any(stem(re.sub("[^\\w]", "", piece.text)) in wanted.stems for piece in found)
            or stem(re.sub("[-.']", "", folded)) in wanted.stems
            or any(piece.text in wanted.numbers for piece in found)
            or wanted.dates
        )


@given(TEXTS, TEXTS, TEXTS)
def test_what_a_text_has_is_marked(before: str, query: str, after: str) -> None:
    text = f"{before} 。 {query} 。 {after}"
    wanted = of(f"。 {query} 。")
    found = spans(text, wanted)
    for piece in pieces(text):
        asked = (
            (piece.kind is Kind.HAN and piece.text in wanted.han)
            or (piece.kind is Kind.WORD and stem(piece.text) in wanted.stems)
            or (piece.kind is Kind.NUMBER and piece.text in wanted.numbers)
            or (piece.kind is Kind.DATE and wanted.dates.intersection(coarser(piece.text)))
        )
        assert not asked or any(start <= piece.start and piece.end <= end for start, end in found), piece


def plain(passage: str) -> str:
    return unescape(_TAGS.sub("", passage))


def test_the_passage_with_most_of_what_was_wanted_is_quoted() -> None:
    texts = ["高雄市政府。" * 60, "市長。" * 60 + "熊本市長來訪，與高雄市長會談。" + "其他事項。" * 60]
    passage = snippet(texts, Wanted(han=("熊本", "市長", "高雄")), length=40)
    assert "<mark>熊本市長</mark>來訪，與<mark>高雄市長</mark>會談。" in passage
    assert passage.startswith("…") and passage.endswith("…")


def test_a_short_text_is_quoted_whole() -> None:
    assert snippet(["", "a & b"], Wanted(stems=frozenset("b"))) == "a &amp; <mark>b</mark>"
    assert snippet(["高雄"], Wanted()) == "高雄"
    assert snippet([], Wanted(han=("高雄",))) == snippet([""], Wanted()) == ""


def test_where_nothing_is_found_the_first_text_begins() -> None:
    passage = snippet(["", "The city of Kaohsiung keeps its records here.", "Other"], Wanted(han=("熊本",)), length=20)
    assert passage == "The city of…"


def test_of_a_text_that_fits_nothing_is_left_out() -> None:
    text = " Nothing was signed. Then the mayor of Kumamoto came. "
    passage = snippet([text], Wanted(stems=frozenset({"kumamoto"})), length=len(text))
    assert passage == "Nothing was signed. Then the mayor of <mark>Kumamoto</mark> came."


def test_a_passage_begins_with_a_sentence_and_ends_with_a_word() -> None:
    text = "First things first. Then the mayor of Kumamoto came to visit the city. " + "More was said. " * 20
    passage = snippet([text], Wanted(stems=frozenset({"mayor", "kumamoto"})), length=48)
    assert passage == "…Then the <mark>mayor</mark> of <mark>Kumamoto</mark> came to visit the…"


@given(st.lists(TEXTS, max_size=3), TEXTS, st.integers(1, 60))
def test_a_snippet_is_a_part_of_a_text(texts: list[str], query: str, length: int) -> None:
    passage = plain(snippet(texts, of(query), length=length))
    inner = passage.removeprefix("…").removesuffix("…")
    assert any(inner in text for text in texts) or not inner
    assert len(inner) <= length


@given(TEXTS, TEXTS, st.integers(20, 60))
def test_a_snippet_shows_what_was_found(text: str, query: str, length: int) -> None:
    if spans(text, of(query)):
        assert "<mark>" in snippet([text], of(query), length=length)


@pytest.mark.parametrize(
    "text", ["1," * 50_000, "高" * 100_000, "a'" * 50_000, "1" * 100_000 + "a", "e\u0301" * 50_000]
)
def test_hostile_texts_are_marked_too(text: str) -> None:
    wanted = of("1 高 a 2,368 e covid19 2022年")
    assert plain(marked(text, wanted)) == text
    assert len(plain(snippet([text], wanted))) <= 162
