"""The part of ``make bench`` that measures how fast search is; writes docs/search-speed.md.

Without ELASTICSEARCH_URL only the embedded engine is measured, and nothing is written.
"""

import argparse
import logging
import os
import statistics
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from scripts.bench import data
from scripts.bench.lines import Line

_OUTPUT = data.BASE_DIR / "docs" / "search-speed.md"
#: Of the server: a slow answer counts as slow, and a missing one ends the measurement. The embedded engine, which would
#: otherwise answer instead, is not what is measured.
_ELASTICSEARCH_ALONE = {"SEARCH_EMBEDDED": "off", "ELASTICSEARCH_TIMEOUT": "30"}
_TEXT = """\
# How fast search is

`make bench` writes this file. The numbers are those of one run on one machine; what carries over to another machine are
the quotients and the distances between what was measured in turns.

## Conditions

{conditions}

## Results

{table}

{verdict}

## How it is measured

- The records are those of `docs/benchmarks.md`; the queries are the {queries} tuned topics of
  `tests/search/topics.yaml`. Elasticsearch, the portal and the clients share the machine's processors.
- *The same body by raw HTTP*: what the portal sends to Elasticsearch for a query, both searches of a loosened one, by
  the standard library's client on a connection that is kept open. The API's answer has titles, snippets, marks and
  facets with their names; one client asks both in turns, {rounds} rounds of all queries after as many that are not
  counted, so that both are as they are in use: Elasticsearch has compiled what it runs and knows its filters and pages,
  the portal knows the entries that it keeps and how it has read these questions. What is found is asked for and marked
  each time; a question that nobody has asked before takes some half a millisecond more.
- *A view with the DSL* gives the same fields, facets and marked words: `multi_match` (best_fields, OR, the same
  weights) on Elasticsearch's `cjk` and `english` analyzers, and Elasticsearch's highlighting. The same server serves
  both views; eight connections ask, in turns. It marks the fields of the page's language, as the portal does. While
  answers are measured the embedded engine is off: what Elasticsearch does not answer would not be answered at all.
- *A raw `parallel_bulk`*: the ready documents, already in memory, into an index with the same mapping, refreshed at the
  end. The rebuild reads them from the database, compares, and swaps.
- *Publish to searchable*: from the end of a publication to the first search on Elasticsearch that finds it, with
  `manage.py follow` as `make run` starts it, for both engines.
- *Publishing without search*: the same consumers, but those of search.
- *Embedded, generated documents*: the documents and queries that the engines are tested with.
"""


def main() -> int:
    """Make the data, measure, print the table and write it; 1 if a target is missed."""
    parser = argparse.ArgumentParser(prog="make bench", description="Measure search and write docs/search-speed.md.")
    parser.add_argument("--records", type=int, default=10_000, help="public records to measure on (%(default)s)")
    parser.add_argument("--documents", type=int, default=100_000, help="generated documents (%(default)s)")
    parser.add_argument("--quick", action="store_true", help="few rounds, few documents, and nothing written")
    options = parser.parse_args()
    rounds = 1 if options.quick else 5
    documents = options.documents // (20 if options.quick else 1)
    os.environ["ELASTICSEARCH_INDEX"] = "bench-speed"
    directory = data.choose(options.records)
    import django

    django.setup()
    logging.disable(logging.WARNING)
    load = os.getloadavg()[0]
    if not os.environ.get("ELASTICSEARCH_URL"):
        lines = [_embedded(documents)]
        print("\n".join(" | ".join(line.cells()) for line in lines))
        print("Search on Elasticsearch is left out: ELASTICSEARCH_URL is not set.")
        return int(any(line.is_missed for line in lines))
    data.prepare(directory, options.records, _say)
    lines = [*_with_elasticsearch(rounds, 20 if options.quick else 100), _embedded(documents)]
    text = _rendered(lines, records=options.records, rounds=rounds, load=load)
    print(text)
    if not options.quick:
        _OUTPUT.write_text(text, encoding="utf-8")
    return int(any(line.is_missed for line in lines))


def _with_elasticsearch(rounds: int, times: int) -> Iterator[Line]:
    from django.core.management import call_command

    from scripts.bench import dsl_view, indexing, publishing, server
    from scripts.bench.quality import topics
    from scripts.bench.search import texts

    _say("indexing the records")
    call_command("search", "rebuild")
    call_command("follow", once=True)
    asked = topics("tuned")
    try:
        dsl_view.fill(texts())
        with server.running(_ELASTICSEARCH_ALONE) as port:
            yield _beside_raw(port, asked, rounds)
            yield _beside_the_dsl(port, asked, rounds)
    finally:
        dsl_view.remove()
    _say("rebuilding")
    times_of_rebuilds = indexing.rebuilds(rounds)
    yield Line(
        "rebuild beside a raw parallel_bulk",
        f"{statistics.median(ours for ours, _theirs in times_of_rebuilds):.2f} s",
        f"{statistics.median(theirs for _ours, theirs in times_of_rebuilds):.2f} s",
        statistics.median(theirs / ours for ours, theirs in times_of_rebuilds),
        " times as fast",
        0.8,
        at_least=True,
    )
    _say("publishing")
    found = publishing.until_found(times)
    yield Line(
        "publish to searchable, 95 %",
        f"median {statistics.median(found):.2f} s, most {max(found):.2f} s",
        "",
        _most_of(found),
        " s",
        1.0,
        at_least=False,
    )
    pairs = publishing.with_and_without(rounds, max(5, times // 4))
    medians = [(statistics.median(ours), statistics.median(theirs)) for ours, theirs in pairs]
    yield Line(
        "publishing with search beside publishing without",
        f"{statistics.median(ours for ours, _ in medians) * 1000:.0f} ms",
        f"{statistics.median(theirs for _, theirs in medians) * 1000:.0f} ms",
        statistics.median(ours / theirs for ours, theirs in medians),
        " times its time",
        1.1,
        at_least=False,
    )


def _beside_raw(port: int, asked: list[Any], rounds: int) -> Line:
    from scripts.bench import latency

    _say("one client, beside raw HTTP")
    pairs = latency.milliseconds(port, latency.asked(asked), rounds)
    return Line(
        "search through the API beside the same body by raw HTTP, one client",
        f"{statistics.median(ours for ours, _theirs in pairs):.1f} ms",
        f"{statistics.median(theirs for _ours, theirs in pairs):.1f} ms",
        statistics.median(ours - theirs for ours, theirs in pairs),
        " ms more",
        5.0,
        at_least=False,
    )


def _beside_the_dsl(port: int, asked: list[Any], rounds: int) -> Line:
    from scripts.bench import latency, measure
    from scripts.bench.client import Client
    from scripts.bench.subjects import Comparison, Side

    _say("eight clients, beside a view with the DSL")
    paths = [latency.api_path(topic) for topic in asked]
    theirs = [path.replace("/api/v1/search/", "/hand/search") for path in paths]
    client = Client(port, 8)
    # Once before it counts: both come to know the queries.
    compared = Comparison(
        Side("API", paths=tuple(paths * (rounds + 1))), Side("DSL", paths=tuple(theirs * (rounds + 1)))
    )
    result = measure.measure(client, compared, rounds=rounds + 1, seconds=0)
    client.close()
    assert result.other is not None and result.quotient is not None
    return Line(
        "search through the API beside a view with the DSL, eight clients",
        f"{result.portal.median:.0f} requests/s",
        f"{result.other.median:.0f} requests/s",
        result.quotient.median,
        " times as many",
        1.3,
        at_least=True,
    )


def _embedded(documents: int) -> Line:
    from scripts.bench import indexing

    _say(f"the embedded engine over {documents:,} documents")
    found = indexing.embedded(documents, 500)
    return Line(
        f"embedded, {documents:,} generated documents, 95 % of queries",
        f"median {statistics.median(found):.1f} ms",
        "",
        _most_of(found),
        " ms",
        50.0,
        at_least=False,
    )


def _most_of(values: Iterable[float]) -> float:
    """What 95 % of the values do not go beyond."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def _rendered(lines: list[Line], *, records: int, rounds: int, load: float) -> str:
    from scripts.bench.lines import rendered, verdict
    from scripts.bench.quality import topics
    from scripts.bench.report import conditions, table

    known = [*conditions(records, load), *_of_search()]
    return _TEXT.format(
        conditions=table(("", ""), known),
        table=rendered(lines),
        verdict=verdict(lines),
        queries=len(topics("tuned")),
        rounds=rounds,
    )


def _of_search() -> list[tuple[str, str]]:
    """What of the conditions is search's alone."""
    from importlib.metadata import version

    from django.conf import settings
    from elasticsearch import Elasticsearch

    with Elasticsearch(settings.ELASTICSEARCH_URLS[0], request_timeout=30) as client:
        number = client.info()["version"]["number"]
        nodes = client.cluster.health()["number_of_nodes"]
    return [
        ("Elasticsearch", f"{number}; nodes: {nodes}, shards of an index: {settings.ELASTICSEARCH_SHARDS}"),
        ("Libraries of search", ", ".join(f"{name} {version(name)}" for name in ("elasticsearch", "tantivy"))),
    ]


def _say(step: str) -> None:
    print(f"- {step}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
