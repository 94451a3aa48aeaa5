"""Reference numbers of cases: short enough to read out on the telephone, and nobody's next one can be guessed.

``CC-7K3M9-Q2TXH``: two letters for the kind of case, nine random symbols (45 bits), one check symbol. The symbols are
Crockford's base 32, which has no I, L, O or U. The check is Damm's scheme over the quasigroup 2x + y of the field of
32 elements (x⁵ + x² + 1): it finds every single wrong symbol, and every two neighbours that were swapped, the letters
of the kind included.
"""

import re
import secrets
import unicodedata

#: Crockford's base 32; a symbol's place is its value.
SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#: Each symbol stands for eight of the 256 bytes: a random byte makes a random symbol.
_OF_A_BYTE = bytes(ord(SYMBOLS[byte % len(SYMBOLS)]) for byte in range(256))
_VALUES = {symbol: value for value, symbol in enumerate(SYMBOLS)}
_READ_AS = str.maketrans("OIL", "011")
_PREFIX = re.compile(r"[A-HJKMNP-TV-Z]{2}")
_RANDOM = 9
_LENGTH = 2 + _RANDOM + 1
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212]+")


def new_reference(prefix: str) -> str:
    """A reference that no other case has, but with a chance of one in 2⁴⁵. ``prefix`` is the kind's: two capital
    letters without I, L, O, U; ValueError for any other.
    """
    if not _PREFIX.fullmatch(prefix):
        raise ValueError(f"the prefix of a reference is two letters without I, L, O, U, not {prefix!r}")
    symbols = prefix + random_symbols(_RANDOM)
    return _grouped(symbols + SYMBOLS[_carried(symbols)])


def normalised(text: str) -> str:
    """The reference that somebody has typed: small letters, full-width forms, other or no hyphens and spaces are
    accepted, O is read as 0, I and L as 1. ValueError for what is none, wrong checks included; it does not repeat the
    text, which may be a secret typed into the wrong field.
    """
    symbols = typed_symbols(text)
    if len(symbols) != _LENGTH or not _PREFIX.fullmatch(symbols[:2]) or _carried(symbols[:-1]) != _value(symbols[-1]):
        raise ValueError("not a reference number")
    return _grouped(symbols)


def random_symbols(count: int) -> str:
    """This many random symbols, of five bits each."""
    return secrets.token_bytes(count).translate(_OF_A_BYTE).decode()


def typed_symbols(text: str) -> str:
    """What somebody has typed as symbols, without what stands between them. ValueError if something else is in it."""
    symbols = _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper().translate(_READ_AS)
    if not set(symbols) <= set(SYMBOLS):
        raise ValueError("not made of the symbols of references")
    return symbols


def _grouped(symbols: str) -> str:
    return f"{symbols[:2]}-{symbols[2:7]}-{symbols[7:]}"


def _value(symbol: str) -> int:
    return _VALUES[symbol]


def _carried(symbols: str) -> int:
    """The value of the check symbol that belongs behind these."""
    carried = 0
    for symbol in symbols:
        carried = _doubled(carried ^ _value(symbol))
    return carried


def _doubled(value: int) -> int:
    """Twice a value in the field: no value but 0 is its own double."""
    return value << 1 ^ (0b100101 if value & 0b10000 else 0)
