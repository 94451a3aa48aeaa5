"""`make demo`: a portal whose cases are invented, with accounts for trying the desks, beside the real one.

It has a directory and a database of its own, is marked as synthetic for good, and says so on every page. The cases are
those of February to June 2022 whose counts come to the half-year report's figures; they are the same in every run. What
is published is the real portal's first content, in a log of its own.
"""

import os
import shutil
import sys
from pathlib import Path

import django

_BASE_DIR = Path(__file__).resolve().parents[1]
HOME = _BASE_DIR / "var" / "demo"
#: What must not be the real portal's: no mail leaves, no index is shared.
_ELSEWHERE = ("EMAIL_URL", "ELASTICSEARCH_URL", "SEARCH_INDEX_DIR", "BASE_URL", "ALLOWED_HOSTS")


def main(arguments: list[str]) -> int:
    """Make the demo unless it is there (``--fresh`` makes it anew), and serve it."""
    choose(HOME)
    if "--fresh" in arguments:
        shutil.rmtree(HOME, ignore_errors=True)
    django.setup()
    from portal.core import synthetic
    from scripts import demo_filling, preparation, serve

    preparation.migrate()
    try:
        synthetic.mark()
    except synthetic.NotSynthetic as refused:
        print(refused, file=sys.stderr)
        return 2
    preparation.prepare()
    demo_filling.fill(lambda line: print(line, flush=True))
    port, bind = os.environ.get("PORT", "8000"), os.environ.get("BIND", "127.0.0.1")
    os.environ.update(serve.ALLOCATOR | os.environ)
    print(serve.greeting(port), flush=True)
    return serve.together([serve.web(port, bind), [sys.executable, "manage.py", "follow"]])


def choose(home: Path) -> None:
    """Point the environment to a synthetic portal in a directory, whatever it says of the real one."""
    for name in _ELSEWHERE:
        os.environ.pop(name, None)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PORTAL_ENV": "development",
        "PORTAL_SYNTHETIC": "on",
        "DATA_DIR": str(home),
        "DATABASE_URL": f"sqlite:///{home / 'db.sqlite3'}",
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
