"""The part of ``make bench`` that has Lighthouse look at pages as on a phone with slow 4G; writes docs/site-speed.md.

Lighthouse runs on Node and is no part of the project: ``LIGHTHOUSE`` is the command that starts it, by default through
npx. Without it, or without a Chromium, this part is left out and says so.
"""

import argparse
import json
import logging
import os
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from scripts.bench import data
from scripts.bench.lines import Line, rendered, verdict

_OUTPUT = data.BASE_DIR / "docs" / "site-speed.md"
_HOME = data.BASE_DIR / "var" / "bench-pages"
_PAGES = {
    "home": "/",
    "home, English": "/en/",
    "a city": "/cities/busan/",
    "an exhibit": "/exhibits/city-keys/",
    "a dataset": "/datasets/consumer-cases-2022h1/",
}
_CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
#: How often Lighthouse is started for one look.
_ATTEMPTS = 3
_SCORE, _PAINT_SECONDS, _WEIGHT_KB = 98, 1.2, 100
_TEXT = """\
# How fast pages are on a phone

`make bench BENCH_ARGS="--only pages"` writes this file. The times are simulated, those of one run on one machine.

## Conditions

{conditions}

## Results

{table}

{verdict}

## How it is measured

- Lighthouse as it is set by default: a phone, its processor four times slower, slow 4G (150 ms there and back, 1.6
  Mbit/s) simulated from what was loaded; Chromium without a window, an empty cache, HTTP/1.1 as gunicorn speaks it.
- The seeded records, from a server as `make run` starts it. Each value is the median of {runs} runs.
- *Lowest of the scores*: performance, accessibility, best practices and search engines, of 100.
- *Over the wire*: all that came, headers and compression included, without pictures and drawn charts; a page asks for
  no font.
"""


def main() -> int:
    """Measure every page, print the table and write it; 1 if a target is missed."""
    parser = argparse.ArgumentParser(prog="make bench", description="Measure pages and write docs/site-speed.md.")
    parser.add_argument("--quick", action="store_true", help="each page once, and nothing written")
    options = parser.parse_args()
    command = shlex.split(os.environ.get("LIGHTHOUSE", "npx --yes lighthouse@12"))
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not shutil.which(command[0]) or not chromium:
        print("Pages are left out: Lighthouse (Node) or Chromium is not installed.")
        return 0
    _HOME.mkdir(parents=True, exist_ok=True)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PORTAL_ENV": "development",
        "DATA_DIR": str(_HOME),
        "DATABASE_URL": f"sqlite:///{_HOME / 'db.sqlite3'}",
        "CHROME_PATH": chromium,
    }
    import django

    django.setup()
    logging.disable(logging.WARNING)
    from scripts.bench import server
    from scripts.preparation import prepare

    prepare()
    load = os.getloadavg()[0]
    runs = 1 if options.quick else 5
    with server.running() as port:
        found = {name: [_looked(command, port, path) for _ in range(runs)] for name, path in _PAGES.items()}
    lines = [line for name, reports in found.items() for line in _lines(name, reports)]
    text = _rendered(lines, runs, load, str(next(iter(found.values()))[0]["lighthouseVersion"]))
    print(text)
    if not options.quick:
        _OUTPUT.write_text(text, encoding="utf-8")
    return int(any(line.is_missed for line in lines))


def _looked(command: list[str], port: int, path: str) -> dict[str, Any]:
    """What Lighthouse says of a page."""
    print(f"- {path}", flush=True)
    with tempfile.TemporaryDirectory() as directory:
        report = Path(directory) / "report.json"
        flags = ("--quiet", "--chrome-flags=--headless=new --no-sandbox", "--output=json", f"--output-path={report}")
        line = [*command, f"http://localhost:{port}{path}", *flags]
        # A browser that does not come up is no finding about the page.
        for _attempt in range(_ATTEMPTS - 1):
            if subprocess.run(line, stderr=subprocess.DEVNULL).returncode == 0:
                break
        else:
            subprocess.run(line, check=True)
        return json.loads(report.read_text("utf-8"))


def _lines(name: str, reports: list[dict[str, Any]]) -> list[Line]:
    scores = {
        category: statistics.median(100 * report["categories"][category]["score"] for report in reports)
        for category in _CATEGORIES
    }
    paint = statistics.median(report["audits"]["largest-contentful-paint"]["numericValue"] for report in reports)
    weight = statistics.median(_weight(report) for report in reports)
    shown = ", ".join(f"{score:.0f}" for score in scores.values())
    return [
        Line(f"{name}: lowest of the scores", shown, "", min(scores.values()), "", _SCORE, at_least=True),
        Line(f"{name}: largest contentful paint", "", "", paint / 1000, " s", _PAINT_SECONDS, at_least=False),
        Line(f"{name}: over the wire", "", "", weight / 1000, " kB", _WEIGHT_KB, at_least=False),
    ]


def _weight(report: dict[str, Any]) -> int:
    items = report["audits"]["network-requests"]["details"]["items"]
    mark = "/static/"
    return sum(item["transferSize"] for item in items if item["resourceType"] != "Image" or mark in item["url"])


def _rendered(lines: list[Line], runs: int, load: float, number: str) -> str:
    from portal.publication.models import CurrentRecord
    from scripts.bench.report import conditions, table

    chromium = subprocess.run([os.environ["CHROME_PATH"], "--version"], capture_output=True, text=True).stdout.split()
    version = next((word for word in chromium if word[:1].isdigit()), "unknown")
    public = CurrentRecord.objects.filter(state=CurrentRecord.State.PUBLIC).count()
    known = [*conditions(public, load), ("Lighthouse", number), ("Chromium", version)]
    return _TEXT.format(conditions=table(("", ""), known), table=rendered(lines), verdict=verdict(lines), runs=runs)


if __name__ == "__main__":
    sys.exit(main())
