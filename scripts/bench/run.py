"""`make bench`: its parts in order, each in a process of its own, since each has settings of its own."""

import argparse
import subprocess
import sys
from collections.abc import Sequence

#: The options of a part that measures on public records.
_RECORDS = ("records", "quick")
#: The parts by name: the module, and which of the options it takes.
PARTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "reading": ("scripts.bench", (*_RECORDS, "rounds", "seconds", "connections")),
    "quality": ("scripts.bench.search", ("quick",)),
    "pages": ("scripts.bench.pages", ("quick",)),
    "figures": ("scripts.bench.figures", ("quick",)),
    "counts": ("scripts.bench.case_counts", ("quick",)),
    "cases": ("scripts.bench.case_api", ("quick",)),
    "speed": ("scripts.bench.speed", (*_RECORDS, "documents")),
}
#: What several parts are called together.
GROUPS = {"search": ("quality", "speed")}


def main() -> int:
    """Run the parts; 1 if one of them misses a target, 2 if one could not be run."""
    codes = [subprocess.run([sys.executable, "-m", *line]).returncode for line in commands(sys.argv[1:])]
    return 2 if any(code not in (0, 1) for code in codes) else max(codes)


def commands(arguments: Sequence[str]) -> list[list[str]]:
    """The module and the options of each part that the command line asks for."""
    parser = argparse.ArgumentParser(prog="make bench", description="Measure the portal, and write docs/.")
    parser.add_argument("--only", action="append", choices=[*PARTS, *GROUPS], help="this part; may be repeated")
    parser.add_argument("--quick", action="store_true", help="few and short rounds, and nothing written")
    parser.add_argument("--records", type=int, help="public records to measure on")
    parser.add_argument("--documents", type=int, help="generated documents for the embedded engine")
    parser.add_argument("--rounds", type=int, help="rounds of each comparison of reading")
    parser.add_argument("--seconds", type=float, help="length of a round of reading")
    parser.add_argument("--connections", type=int, help="connections that reading keeps open")
    options = vars(parser.parse_args(arguments))
    wanted = {part for name in options["only"] or PARTS for part in GROUPS.get(name, (name,))}
    return [[module, *_given(options, takes)] for part, (module, takes) in PARTS.items() if part in wanted]


def _given(options: dict[str, object], takes: Sequence[str]) -> list[str]:
    given = [(name, options[name]) for name in takes if options[name]]
    return [f"--{name}" if value is True else f"--{name}={value}" for name, value in given]


if __name__ == "__main__":
    sys.exit(main())
