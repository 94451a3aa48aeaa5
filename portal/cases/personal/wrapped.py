"""A text that shows itself to nobody by accident."""

from typing import NoReturn, Self

from django.utils.crypto import constant_time_compare

_SHOWN = "(personal)"


class Personal:
    """A personal value. Printed, formatted, logged or put into an exception it is ``(personal)``; it cannot be pickled,
    and so reaches no cache, session or queue. `reveal` is the one way to the text, and easily searched for in the code.
    """

    __slots__ = ("_text",)
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text, for whoever it is meant for."""
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Personal) and constant_time_compare(self._text, other._text)

    def __repr__(self) -> str:
        return _SHOWN

    def __format__(self, specification: str) -> str:
        return format(_SHOWN, specification)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _memo: object) -> Self:
        return self

    def __reduce_ex__(self, _protocol: object) -> NoReturn:
        raise TypeError("personal data is not pickled")
