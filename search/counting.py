"""What is counted over all entries: how many have a word, and how often two names are given as the same.

So a search reads what is known of its words at once, however many records say it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import permutations

from django.db import connection

from search.models import Name

#: The number of PostgreSQL's advisory lock on what is counted: of nothing else here.
_LOCK = 0x656E7472696573


def alone() -> None:
    """Until the transaction ends nobody else counts: two who both found something uncounted would count it twice. On
    SQLite the transaction itself sees to that.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def count_words(changes: Counter[str]) -> None:
    """Add to how many entries have each word. `alone` has been called."""
    _count(
        "INSERT INTO search_word (word, count) VALUES (%s, %s)"
        " ON CONFLICT (word) DO UPDATE SET count = search_word.count + excluded.count",
        "DELETE FROM search_word WHERE word = %s AND count <= 0",
        {(word,): change for word, change in changes.items()},
    )


def replace_names(uids: Iterable[str], names: Sequence[Name]) -> None:
    """Make these the names that go with these uids, in place of those that did. `alone` has been called."""
    held = Name.objects.filter(uid__in=list(uids))
    changes: Counter[tuple[str, ...]] = Counter(_pairs((each.pair, each.folded) for each in names))
    changes.subtract(_pairs(held.values_list("pair", "folded")))
    held.delete()
    Name.objects.bulk_create(names, batch_size=500)
    _count(
        "INSERT INTO search_pair (folded, other, count) VALUES (%s, %s, %s)"
        " ON CONFLICT (folded, other) DO UPDATE SET count = search_pair.count + excluded.count",
        "DELETE FROM search_pair WHERE folded = %s AND other = %s AND count <= 0",
        changes,
    )


def _count(add: str, drop: str, changes: Mapping[tuple[str, ...], int]) -> None:
    changed = sorted((what, change) for what, change in changes.items() if change)
    with connection.cursor() as cursor:
        cursor.executemany(add, [(*what, change) for what, change in changed])
        cursor.executemany(drop, [what for what, change in changed if change < 0])


def _pairs(names: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Each of the names that belong to one pair with each other one, once for each pair."""
    together: dict[str, set[str]] = defaultdict(set)
    for pair, folded in names:
        together[pair].add(folded)
    for forms in together.values():
        yield from permutations(forms, 2)
