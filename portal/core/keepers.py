"""What outlives a restore besides what `manage.py restore` knows of: rooms register what is carried over from the
database that is replaced.
"""

from collections.abc import Callable

_KEEPERS: list[Callable[[], Callable[[], None]]] = []


def register(keeper: Callable[[], Callable[[], None]]) -> None:
    """Have ``keeper`` called before a restore replaces the database, and what it returns once that is done."""
    _KEEPERS.append(keeper)


def remember() -> list[Callable[[], None]]:
    """What puts back what the rooms carry over, as it is in the database to be replaced."""
    return [keeper() for keeper in _KEEPERS]
