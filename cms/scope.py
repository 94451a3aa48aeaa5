"""The scope within which pages change: one outer transaction that ends by settling what was touched.

Everything that may change what is public runs in a scope: each of the admin's views, each command, each task. Signals
only note what was touched; a touch outside a scope raises, so that no change can slip past the log.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import transaction

from portal.publication import log
from portal.publication.models import LogRow


class OutsidePublishingScope(RuntimeError):
    """A page was changed where nothing would have published or withdrawn it."""


@dataclass
class Touched:
    """What has to be looked at again: pages by id, the subtrees of pages that moved or changed privacy, and the uids of
    deleted records. ``published`` are those of the pages that somebody published, rather than touched.

    ``appended`` are the rows that settling has come to so far.
    """

    pages: set[int] = field(default_factory=set)
    published: set[int] = field(default_factory=set)
    subtrees: set[int] = field(default_factory=set)
    deleted: dict[str, str] = field(default_factory=dict)
    appended: list[LogRow] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.pages or self.subtrees or self.deleted)

    def settle(self) -> None:
        """Settle now what was touched so far, for whoever needs to know the outcome before the scope ends."""
        from cms.publishing import settle

        self.appended += settle(self)
        for noted in (self.pages, self.published, self.subtrees, self.deleted):
            noted.clear()


_current: ContextVar[Touched | None] = ContextVar("publishing_scope", default=None)


@contextmanager
def publishing_scope() -> Iterator[Touched]:
    """Run a block in one durable transaction and settle at its end; within another scope, be part of that one.

    The log's lock is held from the beginning: pages are read, changed in memory and written back whole, so of two
    scopes at once one would undo what the other did, and the tree's paths would clash. SQLite's transactions begin
    with its only lock anyway.

    Raises what settling raises (`cms.publishing.PublicationError`); nothing at all is written then.
    """
    outer = _current.get()
    if outer is not None:
        yield outer
        return
    touched = Touched()
    token = _current.set(touched)
    try:
        with transaction.atomic(durable=True):
            log.lock()
            yield touched
            if touched:
                touched.settle()
    finally:
        _current.reset(token)


def touched() -> Touched:
    """The running scope's notes. Raises `OutsidePublishingScope` where there is no scope."""
    current = _current.get()
    if current is None:
        raise OutsidePublishingScope("pages are changed within publishing_scope() only")
    return current
