"""Names of files: what hides, reorders, leads elsewhere or lies about the content does not stand in them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.cases.attachments.content_types import EXTENSIONS
from portal.cases.attachments.names import LONGEST, cleaned

PDF, JPEG, TEXT = "application/pdf", "image/jpeg", "text/plain"


@pytest.mark.parametrize(
    ("name", "media_type", "kept"),
    [
        ("收據 一.pdf", PDF, "收據 一.pdf"),
        ("照片.JPEG", JPEG, "照片.jpeg"),
        ("照片.jpg", JPEG, "照片.jpg"),
        ("照片.png", JPEG, "照片.png.jpg"),
        ("../../etc/passwd", TEXT, "passwd.txt"),
        ("C:\\Users\\王\\收據.pdf", PDF, "收據.pdf"),
        ("invoice\u202efdp.exe", PDF, "invoicefdp.exe.pdf"),
        ("a\x00\r\nb\u200f.pdf", PDF, "ab.pdf"),
        ('a<b>:"|?*.pdf', PDF, "a_b______.pdf"),
        ("", PDF, "file.pdf"),
        ("...", PDF, "file.pdf"),
        (" . .pdf", PDF, "file.pdf"),
        ("=cmd().csv", TEXT, "=cmd().csv.txt"),
        ("e\u0301.pdf", PDF, "\u00e9.pdf"),
        ("長" * 500 + ".pdf", PDF, "長" * LONGEST + ".pdf"),
    ],
)
def test_cleaned(name, media_type, kept):
    assert cleaned(name, media_type) == kept


@given(st.text(max_size=300), st.sampled_from(sorted(EXTENSIONS)))
def test_whatever_it_was_called(name, media_type):
    kept = cleaned(name, media_type)
    stem, _dot, extension = kept.rpartition(".")
    assert 0 < len(stem) <= LONGEST
    assert extension in {EXTENSIONS[media_type], "jpeg", "jfif", "text"}
    assert not {"/", "\\", "<", '"'} & set(kept)
    assert not [each for each in kept if unicodedata.category(each) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
    assert cleaned(kept, media_type) == kept
