"""Reference numbers: what a slip of the finger does to them, and what it does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.cases.references import SYMBOLS, new_reference, normalised

LETTERS = sorted(set(SYMBOLS) - set("0123456789"))


def checked(symbols: str) -> str:
    """The reference that begins with these eleven symbols: there is exactly one."""
    [reference] = [found for last in SYMBOLS if (found := accepted(symbols + last))]
    return reference


def accepted(text: str) -> str | None:
    try:
        return normalised(text)
    except ValueError:
        return None


references = st.builds(
    "{}{}".format, st.text(LETTERS, min_size=2, max_size=2), st.text(SYMBOLS, min_size=9, max_size=9)
).map(checked)


def symbols_of(reference: str) -> list[str]:
    return list(reference.replace("-", ""))


@given(references)
def test_a_reference_is_its_own_normal_form(reference):
    assert normalised(reference) == reference
    assert [len(group) for group in reference.split("-")] == [2, 5, 5]


@given(references, st.integers(0, 11), st.sampled_from(SYMBOLS))
def test_every_wrong_symbol_is_found(reference, place, other):
    symbols = symbols_of(reference)
    if symbols[place] == other:
        return
    symbols[place] = other
    with pytest.raises(ValueError, match="not a reference number"):
        normalised("".join(symbols))


@given(references, st.integers(0, 10))
def test_every_swap_of_neighbours_is_found(reference, place):
    symbols = symbols_of(reference)
    if symbols[place] == symbols[place + 1]:
        return
    symbols[place], symbols[place + 1] = symbols[place + 1], symbols[place]
    with pytest.raises(ValueError, match="not a reference number"):
        normalised("".join(symbols))


AS_TYPED = {"0": "0Oo０", "1": "1IiLlｌＩ", "-": ["-", " ", "", "－", "—", "\u3000", " - "]}


@given(references, st.data())
def test_people_type_it_in_many_ways(reference, data):
    def typed(symbol: str) -> str:
        wide = chr(ord(symbol) + 0xFEE0)
        return data.draw(st.sampled_from(AS_TYPED.get(symbol, [symbol, symbol.lower(), wide])))

    assert normalised(f" {''.join(map(typed, reference))}\n") == reference


def test_new_references_are_references():
    for _ in range(200):
        reference = new_reference("CC")
        assert normalised(reference) == reference


@given(st.text(max_size=40))
def test_anything_else_is_refused_without_being_repeated(text):
    try:
        assert normalised(text) == normalised(normalised(text))
    except ValueError as refused:
        assert str(refused) in {"not a reference number", "not made of the symbols of references"}


@pytest.mark.parametrize("prefix", ["", "C", "CCC", "cc", "C1", "CO", "IL", "CU", "高雄"])
def test_a_prefix_that_could_be_misread_is_refused(prefix):
    with pytest.raises(ValueError, match="two letters"):
        new_reference(prefix)


def test_references_do_not_follow_each_other():
    made = [new_reference("CC") for _ in range(2000)]
    assert len(set(made)) == 2000
    for place in range(2, 12):
        assert len({symbols_of(each)[place] for each in made}) == 32
    assert made != sorted(made)
