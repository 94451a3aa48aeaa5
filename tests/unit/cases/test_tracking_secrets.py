"""The secret that a case is tracked with."""

import pytest
from django.utils import crypto
from hypothesis import given
from hypothesis import strategies as st

from portal.cases import tracking_secrets
from portal.cases.references import SYMBOLS, new_reference
from portal.cases.tracking_secrets import digest, matches, new_secret

ONE, OTHER = new_reference("CC"), new_reference("CC")


def test_a_secret_opens_its_own_case_alone():
    secret = new_secret()
    kept = digest(ONE, secret)
    assert matches(ONE, secret, kept)
    assert not matches(OTHER, secret, kept)
    assert not matches(OTHER, secret, digest(OTHER, new_secret()))
    assert not matches(ONE, secret, None)
    assert secret.replace("-", "") not in kept


def test_it_is_typed_as_references_are():
    secret = new_secret()
    assert matches(ONE, f" {secret.lower().replace('-', ' ').replace('0', 'o')}　", digest(ONE, secret))


@given(st.integers(0, 15), st.sampled_from(SYMBOLS))
def test_one_wrong_symbol_opens_nothing(place, other):
    symbols = list(new_secret().replace("-", ""))
    kept = digest(ONE, "".join(symbols))
    is_same = symbols[place] == other
    symbols[place] = other
    assert matches(ONE, "".join(symbols), kept) is is_same


@given(st.text(max_size=60))
def test_whatever_is_typed_is_no_error(typed):
    assert not matches(ONE, typed, digest(ONE, new_secret()))
    assert not matches(ONE, typed, None)


def test_an_empty_secret_opens_nothing_even_if_it_was_kept():
    assert not matches(ONE, "", tracking_secrets._digest(ONE, "", "the key of the tests " * 3))


def test_secrets_have_eighty_bits():
    made = {new_secret() for _ in range(500)}
    assert len(made) == 500
    assert {len(each.replace("-", "")) for each in made} == {16}


@pytest.mark.parametrize("typed", ["0000-0000-0000-0000", "nothing of the kind", ""])
def test_a_case_that_is_not_there_takes_the_same_steps(monkeypatch, typed):
    steps = []

    def compared(one, other):
        steps.append((len(one), len(other)))
        return crypto.constant_time_compare(one, other)

    monkeypatch.setattr(tracking_secrets, "constant_time_compare", compared)
    matches(ONE, typed, digest(ONE, new_secret()))
    matches(ONE, typed, None)
    assert steps == [(64, 64), (64, 64)]


def test_a_replaced_key_goes_on_as_long_as_it_is_a_fallback(settings):
    secret = new_secret()
    kept = digest(ONE, secret)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "the next key of the tests " * 3
    assert not matches(ONE, secret, kept)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert matches(ONE, secret, kept)
