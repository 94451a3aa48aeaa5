"""The command line of the benchmark."""

import argparse
import logging
import os
import sys

from scripts.bench import data

_OUTPUT = data.BASE_DIR / "docs" / "benchmarks.md"
#: How many pages are rendered for the first time, in all rounds together.
_FRESH = 450


def main() -> int:
    """Make the data, measure, print the table and write it; 1 if a target is missed."""
    parser = argparse.ArgumentParser(prog="make bench", description="Measure the portal and write docs/benchmarks.md.")
    parser.add_argument("--records", type=int, default=10_000, help="public records to measure on (%(default)s)")
    parser.add_argument("--rounds", type=int, default=9, help="rounds of each comparison (%(default)s)")
    parser.add_argument("--seconds", type=float, default=0.5, help="length of a round (%(default)s)")
    parser.add_argument("--connections", type=int, default=4, help="connections kept open (%(default)s)")
    parser.add_argument("--quick", action="store_true", help="three short rounds, and nothing written")
    options = parser.parse_args()
    if options.quick:
        options.rounds, options.seconds = 3, 0.1
    directory = data.choose(options.records)
    import django

    django.setup()
    logging.disable(logging.INFO)
    data.forget_others(directory)
    try:
        data.prepare(directory, options.records, lambda step: print(f"- {step}", flush=True))
    except data.NotScratch as refused:
        print(refused, file=sys.stderr)
        return 2
    return run(options)


def run(options: argparse.Namespace) -> int:
    """Measure everything on the data that are there."""
    from scripts.bench import measure, queries, report, server, subjects
    from scripts.bench.client import Client

    load = os.getloadavg()[0]
    known = subjects.material(_FRESH)
    with server.running() as port:
        client = Client(port, options.connections)
        subjects.store_pages(client, known)
        compared = subjects.comparisons(client, known)
        subjects.check(client, compared)
        results = []
        for each in compared:
            print(f"- {each.portal.name}", flush=True)
            results.append(measure.measure(client, each, rounds=options.rounds, seconds=options.seconds))
        client.close()
    costs = [(queries.cost(each.portal), queries.cost(each.other) if each.other else None) for each in compared]
    text = report.render(
        results,
        costs,
        records=options.records,
        rounds=options.rounds,
        seconds=options.seconds,
        connections=options.connections,
        load=load,
    )
    print(text)
    if not options.quick:
        report.write(_OUTPUT, text)
    too_many = [ours for ours, _other in costs if ours and ours.first > queries.MOST]
    return int(bool(too_many) or any(result.is_missed for result in results))


if __name__ == "__main__":
    sys.exit(main())
