"""``manage.py follow`` in processes of its own, what goes on beside it, and whether search has what the log says."""

import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import permutations
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Max

from portal.publication import consumers
from portal.publication.models import CurrentRecord, LogRow
from portal.publication.types import FRAME_TYPES
from search import entries, keeping
from search.engines.base import Engine, Unavailable
from search.models import Completion, Entry, Name, Pair, Word


def database() -> str:
    """The address of the test's database, for another process."""
    named = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{named['NAME']}"
    return f"postgresql://{named['USER']}:{named['PASSWORD']}@{named['HOST']}:{named['PORT']}/{named['NAME']}"


@contextmanager
def following(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A ``manage.py follow`` on the test's database, with the engines that the settings name now and its files below
    ``folder``; what it says goes into ``follow.log`` there. Killed at the end where it still runs.
    """
    named = {
        "PORTAL_ENV": "test",
        # The tests' own settings leave Elasticsearch out.
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DATABASE_URL": database(),
        "DATA_DIR": str(folder),
        "SEARCH_INDEX_DIR": settings.SEARCH_INDEX_DIR,
        "SEARCH_EMBEDDED": "1" if settings.SEARCH_EMBEDDED else "0",
        "ELASTICSEARCH_URL": ",".join(settings.ELASTICSEARCH_URLS),
        "ELASTICSEARCH_INDEX": settings.ELASTICSEARCH_INDEX,
    }
    command = [sys.executable, "manage.py", "follow"]
    with (folder / "follow.log").open("ab") as log:
        process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=os.environ | named, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def beside(*acts: Callable[[], Any]) -> Iterator[None]:
    """Within, each of these is done over and over, in a thread of its own, until one of them raises; nothing may."""
    stop, faults = threading.Event(), []

    def run(act: Callable[[], Any]) -> None:
        try:
            while not stop.is_set():
                act()
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act], daemon=True) for act in acts]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(120)
    assert not any(thread.is_alive() for thread in threads), "somebody waits for ever"
    if faults:
        raise faults[0]


def until(wrong: Callable[[], list[str]], seconds: float) -> list[str]:
    """Look again and again until nothing is wrong; what still is after so many seconds."""
    deadline = time.monotonic() + seconds
    while (found := wrong()) and time.monotonic() < deadline:
        time.sleep(0.2)
    return found


def behind() -> list[str]:
    """The consumers whose position is not the head of the log."""
    return [f"{label} lags {rows}" for label, rows in consumers.lag().items() if rows != 0]


def disagreements(*engines: Engine) -> list[str]:
    """What keeps the indexes from holding the public records as they are now, each once."""
    last = dict(LogRow.objects.values_list("uid").annotate(Max("seq")))
    records = CurrentRecord.objects.filter(state=CurrentRecord.State.PUBLIC).exclude(type__in=FRAME_TYPES)
    public = {uid: last[uid] for uid in records.values_list("uid", flat=True)}
    kept = {uid: (key, seq) for uid, key, seq in Entry.objects.values_list("uid", "key", "seq")}
    found = [f"{uid} has no entry" for uid in public.keys() - kept.keys()]
    found += [f"{uid} has an entry" for uid in kept.keys() - public.keys()]
    found += [f"{uid} has an old entry" for uid in public.keys() & kept.keys() if kept[uid][1] < public[uid]]
    for engine in engines:
        try:
            held, different = list(engine.keys()), keeping.differences(engine)
        except Unavailable as fault:
            found.append(f"{engine.name}: {fault}")
            continue
        if different or sorted(held) != sorted(kept.values()):
            found.append(f"{engine.name} holds {len(held)} of {len(kept)} entries: {different}")
    return found


def check_entries() -> None:
    """Assert that what search keeps in the database is what it would make now, each part of it once."""
    words = Counter(word for listed in Entry.objects.values_list("words", flat=True) for word in listed.split())
    assert dict(Word.objects.values_list("word", "count")) == words
    together: dict[str, set[str]] = defaultdict(set)
    for pair, folded in Name.objects.values_list("pair", "folded"):
        together[pair].add(folded)
    pairs = Counter(two for forms in together.values() for two in permutations(forms, 2))
    assert {(one, other): count for one, other, count in Pair.objects.values_list("folded", "other", "count")} == pairs
    before = _kept()
    entries.renew(list(Entry.objects.values_list("uid", flat=True)))
    after = _kept()
    assert before == after


def _kept() -> dict[str, Any]:
    """The entries and what stands beside them, but for the moment at which each was made."""
    columns = ("uid", "key", "shown_zh_hant", "shown_en", "words", "source")
    held = Entry.objects.order_by("uid").values_list(*columns)
    return {
        "entries": [(*given, json.loads(source) | {"seq": None}) for *given, source in held],
        "names": sorted(Name.objects.values_list("uid", "pair", "folded", "text", "language")),
        "completions": sorted(Completion.objects.values_list("uid", "language", "kind", "folded", "text", "weight")),
    }
