"""Encryption for one place: what comes back, and what is refused."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.cases.personal.ciphers import Altered, Place, decrypted, encrypted
from portal.cases.personal.keys import UnknownKey, data_keys, index_keys
from portal.cases.personal.wrapped import Personal

places = st.builds(Place, st.text(max_size=20), st.integers(0, 2**63 - 1), st.text(max_size=20))
# No database takes lone surrogates, nor does a form give any.
texts = st.text(st.characters(exclude_categories=["Cs"]))


@given(texts, places)
def test_what_was_encrypted_comes_back_in_its_place(text, place):
    keys = data_keys()
    sealed = encrypted(Personal(text), place, keys)
    assert decrypted(sealed, place, keys.current, keys).reveal() == text
    assert decrypted(memoryview(sealed), place, keys.current, keys).reveal() == text
    assert len(sealed) == 28 + len(text.encode())


@given(texts, places, places)
def test_in_no_other_place(text, place, other):
    if place == other:
        return
    keys = data_keys()
    sealed = encrypted(Personal(text), place, keys)
    with pytest.raises(Altered):
        decrypted(sealed, other, keys.current, keys)


@given(texts, places, st.data())
def test_every_altered_bit_is_found(text, place, data):
    keys = data_keys()
    sealed = bytearray(encrypted(Personal(text), place, keys))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(Altered):
        decrypted(bytes(sealed), place, keys.current, keys)


@given(st.binary(max_size=80), places)
def test_nothing_that_was_made_up_is_read(made_up, place):
    keys = data_keys()
    with pytest.raises(Altered):
        decrypted(made_up, place, keys.current, keys)


def test_a_key_is_bound_by_its_name(settings):
    place, key = Place("CC-7K3M9-Q2TXH", 1, "name"), os.urandom(32)
    settings.PERSONAL_DATA_KEYS = {"a": key}
    sealed = encrypted(Personal("林小美"), place, data_keys())
    settings.PERSONAL_DATA_KEYS = {"b": key}
    with pytest.raises(UnknownKey, match="'a', which PERSONAL_DATA_KEYS does not hold"):
        decrypted(sealed, place, "a", data_keys())
    with pytest.raises(Altered):
        decrypted(sealed, place, "b", data_keys())


def test_values_and_hashes_have_keys_of_their_own():
    values, hashes = data_keys(), index_keys()
    assert values.key(values.current) != hashes.key(hashes.current)
