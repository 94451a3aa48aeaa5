"""Bringing the indexes up to the log, as ``manage.py follow`` does."""

from portal.publication import consumers
from search import spelling


def bring_up() -> None:
    """Let every consumer of search read to the end of the log; spellings are read anew, since a process keeps them."""
    for consumer in consumers.registered():
        if consumer.label.startswith("search-"):
            while consumers.step(consumer):
                pass
    spelling.forget()
