"""Which Accept-Encoding takes gzip (RFC 9110, 12.5.3)."""

import pytest

from portal.site.encodings import body, takes_gzip


@pytest.mark.parametrize(
    ("accepted", "takes"),
    [
        ("gzip", True),
        ("deflate, gzip;q=0.8, br", True),
        ("GZip", True),
        ("br, gzip; q=0.001", True),
        ("", False),
        ("identity", False),
        ("*", False),
        ("gzip;q=0", False),
        ("gzip; q=0.000, *", False),
        ("notgzip", False),
        (";;=,,;q", False),
    ],
)
def test_gzip_is_taken_by_whoever_names_it_and_does_not_refuse_it(accepted, takes):
    assert takes_gzip(accepted) is takes


def test_the_same_bytes_are_packed_alike():
    assert body(b"a" * 5_000) == body(b"a" * 5_000)
    assert body(b"a").packed is None
