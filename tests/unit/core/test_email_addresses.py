"""Which addresses are taken, in which form, and what they are counted as."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.email_addresses import mailbox, normalised


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("reader@example.org", "reader@example.org"),
        ("  Reader@Example.ORG \n", "reader@example.org"),
        ("first.last+tag@sub.example.org", "first.last+tag@sub.example.org"),
        ("reader@bücher.example", "reader@xn--bcher-kva.example"),
    ],
)
def test_taken(written, kept):
    assert normalised(written) == kept


@pytest.mark.parametrize(
    "written",
    [
        "",
        "reader",
        "@example.org",
        "reader@",
        "reader@localhost@",
        "a b@example.org",
        "a@example.org, b@example.org",
        "Reader <reader@example.org>",
        "reader@example.org\nBcc: other@example.org",
        "reader\r\nBcc: other@example.org",
        '"reader\\\nBcc: x"@example.org',
        '"quoted words"@example.org',
        "reader@[127.0.0.1]",
        "reader@ex\x00ample.org",
        "reader@example.org\x00",
        f"{'a' * 65}@example.org",
        f"reader@{'a' * 64}.org",
        f"a@{'b.' * 130}org",
        "讀者@example.org",
    ],
)
def test_refused(written):
    with pytest.raises(ValueError, match="not an e-mail address"):
        normalised(written)


@given(st.text(max_size=80))
def test_nothing_that_is_taken_can_break_a_header(written):
    try:
        kept = normalised(written)
    except ValueError:
        return
    assert kept.isascii()
    assert kept.isprintable()
    assert not set(kept) & set(' ,;<>"\\()[]')
    assert normalised(kept) == kept


def test_marks_behind_a_plus_are_one_mailbox():
    assert mailbox("reader+one@example.org") == mailbox("reader@example.org") == "reader@example.org"
