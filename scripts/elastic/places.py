"""Where things lie, and whose they are.

Elasticsearch refuses to run as root. Root runs it as a system account of that name, and keeps its files where that
account can read them.
"""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from scripts.elastic.problems import Problem

_FOLDER = "open-record-portal/elasticsearch"
_ACCOUNT = "elasticsearch"


@dataclass(frozen=True, slots=True)
class Account:
    """Who the server runs as. ``switch`` holds the arguments of `subprocess.Popen` that make it so; empty for
    oneself.
    """

    uid: int
    gid: int
    switch: dict[str, object]


def account() -> Account:
    """Oneself; for root the system account, made where it is missing."""
    if os.getuid() != 0:
        return Account(os.getuid(), os.getgid(), {})
    try:
        entry = pwd.getpwnam(_ACCOUNT)
    except KeyError:
        subprocess.run(["useradd", "--system", "--user-group", "--no-create-home", _ACCOUNT], check=True)
        entry = pwd.getpwnam(_ACCOUNT)
    switch = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    return Account(entry.pw_uid, entry.pw_gid, switch)


def cache() -> Path:
    """The folder of the distribution: below XDG_CACHE_HOME or ~/.cache; root's where others cannot read those,
    below /var/cache.
    """
    top = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    if os.getuid() == 0 and not _readable_by_others(top):
        top = Path("/var/cache")
    return top.absolute() / _FOLDER


def _readable_by_others(path: Path) -> bool:
    existing = [each for each in [path, *path.parents] if each.exists()]
    return all(each.stat().st_mode & 0o005 == 0o005 for each in existing)


def nodes() -> Path:
    """The folder that has a folder for each port a server was started on. Only its owner can read it."""
    folder = cache() / "nodes"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def java_home() -> Path:
    """A Java that Elasticsearch 8.19 runs on, of version 17 to 24: ES_JAVA_HOME, JAVA_HOME, that of the PATH, or one of
    /usr/lib/jvm.
    """
    named = [Path(os.environ[name]) for name in ("ES_JAVA_HOME", "JAVA_HOME") if os.environ.get(name)]
    on_path = [Path(folder, "java").resolve().parent.parent for folder in os.get_exec_path()]
    for home in [*named, *on_path, *sorted(Path("/usr/lib/jvm").glob("*"))]:
        if 17 <= _java_version(home) <= 24:
            return home
    raise Problem("Java 17 is needed (on Debian: apt install openjdk-17-jre-headless; ES_JAVA_HOME names another).")


def _java_version(home: Path) -> int:
    try:
        text = (home / "release").read_text(encoding="utf-8")
        version = next(line for line in text.splitlines() if line.startswith("JAVA_VERSION="))
        return int(version.split('"')[1].split(".")[0])
    except (OSError, StopIteration, IndexError, ValueError):
        return 0
