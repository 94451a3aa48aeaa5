"""Folding: spellings of one text become equal, and offsets lead back to the original."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.folding import VARIANTS, fold
from tests.unit.search.analysis.texts import TEXTS


@pytest.mark.parametrize(
    "spellings",
    [
        ("台灣", "臺灣", "台湾", "臺湾"),
        ("高雄縣", "高雄县", "髙雄県"),
        ("廣島", "広島", "广岛"),
        ("裡面", "裏面", "里面"),
        ("消費者", "消费者", "消\ufe00費者", "消\u200b費者"),
        ("德國", "德国", "徳国"),
        ("發髮", "发发"),
        ("黑澤", "黑泽", "黒沢"),
        ("長青", "长青", "⻑⻘"),
        ("Bratislavský", "BRATISLAVSKÝ", "bratislavsky", "Bratislavsky\u0301", "Ｂｒａｔｉｓｌａｖｓｋý"),
        ("Łódź", "lodz"),
        ("Straße", "STRASSE", "strasse"),
        ("ﬁnance", "finance"),
        ("İstanbul", "istanbul", "Istanbul"),
        ("Ελλάδα", "ΕΛΛΑΔΑ"),
        ("２，３６８", "2,368", "۲,۳۶۸"),
        ("㈱高雄", "(株)高雄"),
        ("データ", "ﾃﾞｰﾀ"),
        ("が", "か\u3099"),
        ("가", "ㄱㅏ", "\u1100\u1161"),
        ("City’s", "city's", "city‘s"),
        ("COVID‑19", "covid–19", "covid-19"),
        ("２０２２\u3000年", "2022 年"),
    ],
)
def test_spellings_meet(spellings: tuple[str, ...]) -> None:
    assert len({fold(each).text for each in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("が", "か"), ("й", "и"), ("加", "力"), ("市", "巿"), ("が", "ガ"), ("हि", "हा"), ("2", "3")],
)
def test_different_texts_stay_different(one: str, other: str) -> None:
    assert fold(one).text != fold(other).text


def test_where_nothing_changes_length_there_are_no_offsets() -> None:
    assert fold("Kaohsiung City, 2022").offsets is None
    assert fold("臺灣（县）Ｔａｉｗａｎ，２０２２").offsets is None


def test_offsets_lead_to_whole_clusters() -> None:
    text = "㈱高雄 e\u0301ﬁ…"
    folded = fold(text)
    assert folded.text == "(株)高雄 efi..."
    assert [folded.span(at, at + 1) for at in range(len(folded.text))] == [
        (0, 1), (0, 1), (0, 1), (1, 2), (2, 3), (3, 4), (4, 6), (6, 7), (6, 7), (7, 8), (7, 8), (7, 8),
    ]  # fmt: skip
    assert folded.span(0, len(folded.text)) == (0, len(text))
    assert folded.span(2, 4) == (0, 2)


def test_invisible_characters_belong_to_what_stands_before() -> None:
    folded = fold("高\u200b雄\ufe0f市")
    assert folded.text == "高雄市"
    assert [folded.span(at, at + 1) for at in range(3)] == [(0, 2), (2, 4), (4, 5)]


def test_a_hostile_run_of_marks_is_cut_off() -> None:
    text = "か" + "\u0301\u0316" * 50_000 + "x"
    folded = fold(text)
    assert len(folded.text) < 100
    assert folded.text.endswith("x")
    assert folded.span(len(folded.text) - 1, len(folded.text)) == (len(text) - 1, len(text))


def test_every_character_folds_to_what_folds_to_itself() -> None:
    for character in map(chr, range(sys.maxunicode + 1)):
        # What is not assigned, and ideographs of which the table is tested, fold to themselves.
        if unicodedata.category(character) in ("Cn", "Co", "Cs") or "\U00020000" <= character < "\U000e0000":
            continue
        folded = fold(character).text
        assert fold(folded).text == folded, hex(ord(character))


def test_the_table_has_only_single_characters_that_lead_to_what_is_kept() -> None:
    assert len(VARIANTS) > 4_000
    for character, kept in VARIANTS.items():
        assert len(character) == len(kept) == 1
        assert kept not in VARIANTS
        assert unicodedata.is_normalized("NFKC", kept)


@given(TEXTS)
def test_folding_is_idempotent(text: str) -> None:
    folded = fold(text).text
    assert fold(folded).text == folded


@given(TEXTS)
def test_offsets_rise_from_the_beginning_to_the_end(text: str) -> None:
    folded = fold(text)
    if folded.offsets is None:
        assert len(folded.text) == len(text)
    else:
        assert len(folded.offsets) == len(folded.text) + 1
        assert list(folded.offsets) == sorted(folded.offsets)
        assert folded.offsets[-1] == len(text)


@given(TEXTS, st.data())
def test_a_part_of_the_original_folds_to_the_part_of_the_folded_text(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    first = data.draw(st.integers(0, len(folded.text)))
    last = data.draw(st.integers(first, len(folded.text)))
    start, end = folded.span(first, last)
    assert 0 <= start <= end <= len(text)
    assert folded.text[first:last] in fold(text[start:end]).text


@given(TEXTS)
def test_case_and_composition_do_not_matter(text: str) -> None:
    for form in ("NFC", "NFD"):
        # Beyond 32 marks a cluster is cut off, and decomposition makes it longer.
        if len(text) < 10:
            assert fold(unicodedata.normalize(form, text)).text == fold(text).text
