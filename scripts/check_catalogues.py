"""Are the gettext catalogues whole? `--update` brings them up to date with the code and compiles them.

Each room and theme has its own catalogue, `locale/zh_Hant/LC_MESSAGES/django.po`; the message ids are the
English texts. Whole means: every message of the code is in it, each is translated, none is fuzzy or no
longer used, placeholders agree, and the compiled file beside it says the same. Without gettext's programs
the code is not searched for messages, which is said; REQUIRE_SERVICES=1 makes that an error.

What libraries say in our words is kept by hand (`KEPT`): which messages those are, is not asked here.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = Path("locale", "zh_Hant", "LC_MESSAGES", "django.po")
KEPT = sorted(ROOT.glob("cms/library_locale/zh_Hant/LC_MESSAGES/*.po"))
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")


def rooms() -> list[Path]:
    """The directories that may have a catalogue: applications of ours, and themes."""
    applications = [path.parent for path in sorted([*ROOT.glob("portal/*/apps.py"), *ROOT.glob("*/apps.py")])]
    return applications + sorted(path for path in ROOT.glob("themes/*") if path.is_dir())


def searched(room: Path) -> polib.POFile | None:
    """The room's catalogue as a search of its code would leave it; None if there are no messages.

    The search runs on a copy, since makemessages writes where it searches.
    """
    with tempfile.TemporaryDirectory() as directory:
        copy = Path(directory, room.name)
        shutil.copytree(room, copy, ignore=shutil.ignore_patterns("__pycache__", "static", "*.mo"))
        Path(copy, "locale").mkdir(exist_ok=True)
        subprocess.run(
            [
                # -P: a room's types.py must not stand in for the standard library's.
                *(
                    sys.executable,
                    "-P",
                    "-m",
                    "django",
                    "makemessages",
                    "--locale",
                    "zh_Hant",
                    "--verbosity",
                    "0",
                ),
                *("--extension", "py,html,txt,xml", "--no-location", "--no-wrap"),
            ],
            cwd=copy,
            env={name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"},
            check=True,
        )
        path = copy / CATALOGUE
        return polib.pofile(str(path), wrapwidth=0) if path.exists() else None


def stored(path: Path) -> polib.POFile | None:
    """The catalogue as it is."""
    return polib.pofile(str(path), wrapwidth=0) if path.exists() else None


def faults(catalogue: polib.POFile) -> Iterator[str]:
    """What is wrong with a catalogue, one line for each message."""
    for entry in catalogue:
        shown = repr(entry.msgid[:70])
        if entry.obsolete:
            yield f"no longer used: {shown}"
        elif entry.fuzzy:
            yield f"fuzzy: {shown}"
        elif not entry.translated():
            yield f"not translated: {shown}"
        else:
            # A Chinese plural has one form, for the English plural's text.
            pairs = [(entry.msgid_plural, text) for text in entry.msgstr_plural.values()]
            for source, target in pairs or [(entry.msgid, entry.msgstr)]:
                if sorted(_PLACEHOLDER.findall(source)) != sorted(_PLACEHOLDER.findall(target)):
                    yield f"placeholders differ: {shown}"


def compile_catalogue(path: Path) -> None:
    """Write the compiled catalogue beside the one that is read by people."""
    path.with_suffix(".mo").write_bytes(polib.pofile(str(path), wrapwidth=0).to_binary())


def compiled_differs(path: Path, catalogue: polib.POFile) -> bool:
    """Whether the compiled catalogue is missing or says something else."""
    compiled = path.with_suffix(".mo")
    return not compiled.exists() or compiled.read_bytes() != catalogue.to_binary()


def update(room: Path) -> None:
    """Write the room's catalogue as the code asks for it, without what is no longer used, and compile it."""
    catalogue = searched(room)
    if catalogue is None:
        return
    for entry in catalogue.obsolete_entries():
        catalogue.remove(entry)
    path = room / CATALOGUE
    before = stored(path)
    # Otherwise every run would change the date and nothing else.
    if before is not None and list(before) == list(catalogue):
        catalogue = before
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        for moving in ("Report-Msgid-Bugs-To", "POT-Creation-Date"):
            catalogue.metadata.pop(moving, None)
        catalogue.metadata_is_fuzzy = False
        catalogue.save(str(path))
    compile_catalogue(path)


def reported(path: Path, asked: polib.POFile | None) -> int:
    """Print what is wrong with the catalogue that the code asks for and with the stored one; how much that is."""
    lines = list(faults(asked)) if asked else []
    before = stored(path)
    if before is not None and compiled_differs(path, before):
        lines.append("the compiled catalogue is not current: make messages")
    for line in lines:
        print(f"{path.relative_to(ROOT)}: {line}")
    return len(lines)


def main() -> int:
    """Check or update all catalogues; 1 if one is not whole."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="write the catalogues, then check them")
    arguments = parser.parse_args()
    search = shutil.which("xgettext") is not None
    if not search:
        print("gettext is not installed: the code was not searched for messages.")
        if arguments.update or os.environ.get("REQUIRE_SERVICES") == "1":
            return 1
    found = 0
    for room in rooms():
        if arguments.update:
            update(room)
        found += reported(room / CATALOGUE, searched(room) if search else stored(room / CATALOGUE))
    for path in KEPT:
        if arguments.update:
            compile_catalogue(path)
        found += reported(path, stored(path))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
