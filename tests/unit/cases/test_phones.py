"""Telephone numbers in the form that they are compared in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.cases.personal.phones import normalised


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("0912345678", "+886912345678"),
        ("(07)337-3366#123", "+88673373366"),
        ("07-3373366 轉 123", "+88673373366"),
        ("07-3373366 分機123", "+88673373366"),
        ("07 337 3366 ext. 12", "+88673373366"),
        ("+886-7-337-3366", "+88673373366"),
        ("+886 (0)7 337 3366", "+88673373366"),
        ("00886912345678", "+886912345678"),
        ("0800-025-025", "+886800025025"),
        ("+81 3-1234-5678", "+81312345678"),
        ("０７－３３７－３３６６", "+88673373366"),
        ("0912\u200e345\u3000678", "+886912345678"),
    ],
)
def test_taken(written, form):
    assert normalised(written) == form
    assert normalised(form) == form


@pytest.mark.parametrize(
    "written", ["", "3373366", "119", "+", "+886", "0", "0012345678", "call me", "07-337-336a", "1" * 40]
)
def test_refused(written):
    with pytest.raises(ValueError, match="not a telephone number"):
        normalised(written)


@given(st.text(max_size=40))
def test_what_is_taken_is_its_own_form(written):
    try:
        form = normalised(written)
    except ValueError as refused:
        assert not written or written not in str(refused) or len(written) < 3
        return
    assert normalised(form) == form
