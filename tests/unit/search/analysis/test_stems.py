"""Stems of English words."""

from concurrent.futures import ThreadPoolExecutor
from operator import add

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.analysis.stems import STOPWORDS, beginnings, stem


@pytest.mark.parametrize(
    "forms",
    [
        ("city", "cities"),
        ("complaint", "complaints"),
        ("visit", "visits", "visited", "visiting"),
        ("agreement", "agreements"),
        ("harbour", "harbor", "harbours"),
        ("centre", "center", "centers", "centres"),
        ("organisation", "organization", "organise", "organized"),
        ("colour", "colors", "coloured"),
        ("programme", "program", "programs"),
        ("catalogue", "catalog"),
        ("licence", "license", "licences"),
        ("neighbourhood", "neighborhoods"),
        ("favourite", "favorite"),
        ("theatre", "theaters"),
    ],
)
def test_forms_of_a_word_meet(forms: tuple[str, ...]) -> None:
    assert len({stem(each) for each in forms}) == 1


@pytest.mark.parametrize(
    "pair", [("four", "for"), ("city", "cite"), ("news", "new"), ("our", "or"), ("paris", "pariz")]
)
def test_other_words_stay_apart(pair: tuple[str, str]) -> None:
    assert stem(pair[0]) != stem(pair[1])


@pytest.mark.parametrize("word", ["covid19", "київ", "부산", "kpsn2", "x" * 1000, ""])
def test_what_is_no_english_word_stays_as_it_is(word: str) -> None:
    assert stem(word) == word


@given(st.from_regex("[a-z]{1,45}", fullmatch=True))
def test_a_stem_is_a_token(word: str) -> None:
    found = stem(word)
    assert found.isalpha() and found.isascii() and found.islower()
    assert found[0] == word[0]


_ENDINGS = ("ing", "ed", "ied", "ies", "ying", "ly", "ingly", "edly", "eed", "es", "ise", "our", "tre", "mme", "s")


@given(
    st.one_of(
        st.from_regex("[a-z0-9]{1,45}", fullmatch=True),
        st.builds(add, st.from_regex("[a-z]{0,3}", fullmatch=True), st.sampled_from(_ENDINGS)),
    )
)
@example("dying")
@example("lying")
@example("skies")
@example("aing")
def test_a_word_begins_as_its_stem_says(word: str) -> None:
    assert word.startswith(beginnings(stem(word)))


def test_threads_do_not_disturb_each_other() -> None:
    words = [f"{first}{second}ations" for first in "bcdfghklmnprst" for second in ("a", "o", "ali", "ori", "ica")]
    alone = {word: stem.__wrapped__(word) for word in words}
    with ThreadPoolExecutor(8) as pool:
        for _ in range(5):
            assert dict(zip(words, pool.map(stem.__wrapped__, words), strict=True)) == alone


def test_stopwords_are_folded_words() -> None:
    assert {"the", "of", "and", "which"} <= STOPWORDS
    assert all(word.isalpha() and word.islower() for word in STOPWORDS)


def test_names_of_months_and_countries_are_no_stopwords() -> None:
    assert not STOPWORDS & {"may", "march", "us", "no", "city"}
