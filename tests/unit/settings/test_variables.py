"""The README's table and the settings name the same environment variables."""

import re
from pathlib import Path

from portal.settings.env import BASE_DIR, VARIABLES

READS = re.compile(r"\b(?:text|flag|number|decimal|names|database|email)\(\s*\"([A-Z_]+)\"")


def read_by_the_settings() -> set[str]:
    """The names of the variables that the fragments ask for."""
    fragments = Path(BASE_DIR, "portal", "settings").glob("*.py")
    return {name for fragment in fragments for name in READS.findall(fragment.read_text(encoding="utf-8"))}


def test_every_declared_variable_is_read():
    assert read_by_the_settings() == set(VARIABLES)


def test_the_readme_lists_exactly_these():
    readme = (BASE_DIR / "README.md").read_text(encoding="utf-8")
    section = readme.split("## Settings", 1)[1].split("\n## ", 1)[0]
    assert re.findall(r"^\| `([A-Z_]+)` \|", section, re.MULTILINE) == list(VARIABLES)
