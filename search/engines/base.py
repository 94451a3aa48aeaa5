"""What every engine can do, and what it is given."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from search.plan import Hits, Request


class Unavailable(Exception):
    """The engine cannot answer or take anything now. Its text is for the log, never for the public."""


class Missing(Unavailable):
    """There is no index, or one of other fields than this version's: only a rebuild makes it."""


class Refused(Unavailable):
    """The engine is well, but does not take this request."""


@dataclass(frozen=True, slots=True)
class EntryData:
    """A record for the index. ``source`` is the JSON text of the index document; ``seq`` its version: an older one
    never replaces a newer one.
    """

    key: int
    uid: str
    seq: int
    source: str


#: Gives all entries as they are at the moment it is called. Of those that are still as the mapping has them (version by
#: key) the source may be missing: it need not be read again.
Entries = Callable[[Mapping[int, int]], Iterable[EntryData]]


@dataclass(frozen=True, slots=True)
class Gone:
    """That a record is to be taken out, as of ``seq``."""

    key: int
    uid: str
    seq: int


class Engine(Protocol):
    """An index of entries that answers requests."""

    name: str

    def search(self, request: Request) -> Hits:
        """The hits of a request. Raises `Unavailable`."""

    def write(self, entries: Sequence[EntryData], gone: Sequence[Gone]) -> None:
        """Put these in and take those out, visible to the next search on return. May be repeated. Raises
        `Unavailable`.
        """

    def rebuild(
        self,
        entries: Entries,
        progress: Callable[[int], None],
    ) -> None:
        """Build the index anew beside the one in use and then take its place, while others write and search.

        ``progress`` is told how many were put in.
        """

    def keys(self) -> Iterator[tuple[int, int]]:
        """Key and seq of everything that the index holds."""

    def explain(self, request: Request, key: int) -> dict[str, Any]:
        """Why a hit scores as it does, as the engine says it."""

    def identity(self) -> str:
        """A name of the index in use; another one where it was lost or replaced, and has to be filled from the
        beginning of the log. Raises `Unavailable`.
        """

    def close(self) -> None:
        """Let go of files and connections."""
