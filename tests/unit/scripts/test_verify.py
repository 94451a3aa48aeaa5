"""The canonical JSON of ``scripts/verify.py`` is that of the log."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.canonical import canonical_json
from scripts.verify import canonical

_TEXTS = st.text(st.characters(exclude_categories=("Cs",)))
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | _TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(_TEXTS, inner),
    max_leaves=20,
)


@given(_VALUES)
def test_the_same_bytes(value):
    assert canonical(value) == canonical_json(value)


def test_members_sort_by_utf_16():
    assert canonical({"\U0001f600": 1, "\uffee": 2}) == '{"\U0001f600":1,"\uffee":2}'.encode()


@pytest.mark.parametrize("value", [2**53, -(2**53), 1.5, "\ud800"])
def test_what_has_no_canonical_form(value):
    with pytest.raises(ValueError):
        canonical(value)
