"""``make bench-search``: how well each engine answers the topics, beside Elasticsearch's own queries; writes
docs/search-quality.md.

The report is published and indexed in a scratch directory. Without ELASTICSEARCH_URL only the embedded engine is
measured, and nothing is written.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

BASE_DIR = Path(__file__).resolve().parents[2]
_SCRATCH = BASE_DIR / "var" / "bench-search"
_OUTPUT = BASE_DIR / "docs" / "search-quality.md"


def main() -> int:
    """Prepare, measure, print, write."""
    address = os.environ.pop("ELASTICSEARCH_URL", "")
    _SCRATCH.mkdir(parents=True, exist_ok=True)
    os.environ |= {
        "PORTAL_ENV": "development",
        "DATA_DIR": str(_SCRATCH),
        "DATABASE_URL": f"sqlite:///{_SCRATCH}/db.sqlite3",
        "ELASTICSEARCH_INDEX": "bench",
        "LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }
    if address:
        os.environ["ELASTICSEARCH_URL"] = address
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("seed", verbosity=0)
    call_command("search", "rebuild")
    call_command("follow", once=True)
    rows = list(measured(address))
    text = rendered(rows)
    print(text)
    if address:
        _OUTPUT.write_text(text, encoding="utf-8")
    return 0


def measured(address: str) -> Iterator[tuple[str, list[Any]]]:
    """For each engine and each other way to ask: its name, and its quality on each set."""
    from django.test import override_settings

    from scripts.bench import multi_match
    from scripts.bench.quality import SETS, quality, topics

    asked = {name: topics(name) for name in SETS}
    if address:
        yield "portal, Elasticsearch", [quality(asked[name], ours) for name in SETS]
    with override_settings(ELASTICSEARCH_URLS=[]):
        yield "portal, embedded", [quality(asked[name], ours) for name in SETS]
    if address:
        with multi_match.indexed(address, texts()) as client:
            for name, way in multi_match.WAYS.items():
                search = multi_match.asking(client, way)
                yield f"multi_match {name}", [quality(asked[each], search) for each in SETS]


def ours(topic: Any) -> list[str]:
    """The portal's own answer to a topic."""
    from search.answers import Question
    from search.searching import search

    return [result.uid for result in search(Question(topic.query, topic.language)).results]


def texts() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every record's texts as the portal reads them, by field."""
    import orjson

    from portal.core.languages import CHINESE, ENGLISH
    from portal.publication.models import CurrentRecord
    from search.entries import parts_of_records
    from search.models import Entry

    uids = Entry.objects.values_list("uid", flat=True)
    ready = CurrentRecord.objects.filter(uid__in=list(uids)).values_list("uid", "ready")
    for uid, parts in parts_of_records({uid: orjson.loads(text) for uid, text in ready}):
        by_role = parts.texts
        yield (
            uid,
            {f"{role}_zh": by_role[role][CHINESE] for role in ("title", "summary", "body")}
            | {f"{role}_en": by_role[role][ENGLISH] for role in ("title", "summary", "body")}
            | {role: by_role[role][CHINESE] + by_role[role][ENGLISH] for role in ("names", "data")},
        )


def rendered(rows: list[tuple[str, list[Any]]]) -> str:
    """The table."""
    from scripts.bench.quality import SETS, topics

    counts = ", ".join(f"{len(topics(name))} {name}" for name in SETS)
    heads = " | ".join(f"nDCG@10 {name} | recall@20 {name}" for name in SETS)
    lines = [
        "# How well searches answer",
        "",
        f"nDCG@10 and recall@20 (ir-measures) on the topics of `tests/search/topics.yaml` ({counts}), over the",
        "records of the half-year report. `make bench-search` writes this table. `multi_match` is Elasticsearch's own",
        "query on its `cjk` and `english` analyzers over the same texts, with the same weights.",
        "",
        f"| | {heads} |",
        "|---|" + "---|---|" * len(SETS),
    ]
    for name, found in rows:
        lines.append(f"| {name} | " + " | ".join(f"{each.ndcg:.3f} | {each.recall:.3f}" for each in found) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
