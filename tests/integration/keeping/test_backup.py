"""Backup and restore on the database in use: the whole thing comes back, or nothing is touched."""

import gzip
import io
import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg import sql

from portal.core import archives
from portal.publication import triggers
from portal.publication.models import Content, LogRow
from portal.settings.env import BASE_DIR
from tests.factories.documents import document, publish, redact

pytestmark = pytest.mark.django_db(transaction=True)


def backup(tmp_path: Path, settings) -> Path:
    """A backup of the test's database, with an account, an upload and a public file."""
    get_user_model().objects.create_user("backed-up-editor")
    for root, name, content in (
        (settings.MEDIA_ROOT, "original_images/港口.png", b"private"),
        (settings.PUBLIC_ROOT, "ab/abc.webp", b"public"),
    ):
        path = Path(root, name)
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
    file = tmp_path / "portal.tar.gz"
    call_command("backup", str(file), stdout=io.StringIO())
    return file


@pytest.fixture
def second_database(tmp_path: Path) -> Iterator[str]:
    """The DATABASE_URL of an empty database beside the test's own."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'second.sqlite3'}"
        return
    parameters = connection.get_connection_params() | {"dbname": "postgres"}
    keys = ("dbname", "host", "port", "user", "password")
    parameters = {key: parameters[key] for key in keys if parameters.get(key)}
    name = f"{connection.settings_dict['NAME']}_second"
    with psycopg.connect(**parameters, autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        account = parameters.get("user", "postgres")
        if parameters.get("password"):
            account += f":{parameters['password']}"
        server_address = f"{parameters.get('host', 'localhost')}:{parameters.get('port', 5432)}"
        yield f"postgresql://{account}@{server_address}/{name}"
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def manage(url: str, data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py in a process of its own on another database and other directories."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=BASE_DIR,
        env=os.environ
        | {
            "PORTAL_ENV": "test",
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "DATABASE_URL": url,
            "DATA_DIR": str(data),
        },
        capture_output=True,
        text=True,
        timeout=300,
    )


COUNT = "from django.contrib.auth.models import User; print('accounts:', User.objects.count())"
TRIGGERS = (
    "from django.db import connection; from portal.publication import triggers;"
    "print('missing:', triggers.missing(connection))"
)


def test_everything_comes_back_into_an_empty_database(tmp_path, settings, second_database):
    file = backup(tmp_path, settings)
    data = tmp_path / "second"
    result = manage(second_database, data, "restore", str(file))
    assert result.returncode == 0, result.stderr
    assert "SECRET_KEY" in result.stdout
    assert (data / "private" / "original_images" / "港口.png").read_bytes() == b"private"
    assert (data / "public" / "ab" / "abc.webp").read_bytes() == b"public"
    assert "accounts: 1" in manage(second_database, data, "shell", "-c", COUNT).stdout
    assert "missing: []" in manage(second_database, data, "shell", "-c", TRIGGERS).stdout
    assert sorted(path.name for path in data.iterdir() if path.is_dir()) == ["attachments", "private", "public"]

    again = manage(second_database, data, "restore", str(file))
    assert again.returncode != 0
    assert "--force" in again.stderr

    (data / "private" / "later.png").write_bytes(b"later")
    forced = manage(second_database, data, "restore", "--force", str(file))
    assert forced.returncode == 0, forced.stderr
    assert not (data / "private" / "later.png").exists()


def test_the_manifest_lists_members_and_names_secrets_without_their_values(tmp_path, settings):
    file = backup(tmp_path, settings)
    with tarfile.open(file) as archive:
        manifest = json.load(archive.extractfile("manifest.json"))
        names = set(archive.getnames())
    assert set(manifest["members"]) == names - {"manifest.json"}
    assert {name.split("/")[0] for name in names} == {
        "manifest.json", "private", "public", Path(next(iter(manifest["members"]))).name,
    }  # fmt: skip
    assert manifest["database"] == connection.vendor
    assert "SECRET_KEY" in manifest["secrets"]
    assert settings.SECRET_KEY.encode() not in gzip.decompress(file.read_bytes())
    assert file.stat().st_mode & 0o777 == 0o600


def test_an_existing_file_is_not_overwritten(tmp_path):
    file = tmp_path / "portal.tar.gz"
    file.write_bytes(b"yesterday's")
    with pytest.raises(CommandError, match="exists already"):
        call_command("backup", str(file))
    assert file.read_bytes() == b"yesterday's"


def damaged(file: Path, change) -> Path:
    """A copy of the archive, each member passed through `change(name, content)`; None leaves a member out."""
    target = file.with_name("damaged.tar.gz")
    with tarfile.open(file) as source, tarfile.open(target, "w:gz") as archive:
        for info in source:
            content = change(info.name, source.extractfile(info).read())
            if content is not None:
                info.size = len(content)
                archive.addfile(info, io.BytesIO(content))
    return target


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda name, content: b"X" if name.startswith("private/") else content, "differs from its manifest"),
        (lambda name, content: None if name.startswith("public/") else content, "differs from its manifest"),
        (lambda name, content: None if name == "manifest.json" else content, "no manifest"),
        (lambda name, content: b"{}" if name == "manifest.json" else content, "manifest cannot be read"),
        (lambda name, content: content.replace(b'"format": 1', b'"format": 9'), "has format 9"),
    ],
)
def test_a_damaged_archive_is_refused_and_nothing_is_touched(tmp_path, settings, change, sentence):
    file = damaged(backup(tmp_path, settings), change)
    upload = Path(settings.MEDIA_ROOT, "original_images", "港口.png")
    with pytest.raises(CommandError, match=sentence):
        call_command("restore", str(file), "--force")
    assert upload.read_bytes() == b"private"
    assert get_user_model().objects.filter(username="backed-up-editor").exists()


def test_a_cut_off_archive_is_refused(tmp_path, settings):
    file = backup(tmp_path, settings)
    file.write_bytes(file.read_bytes()[:-200])
    with pytest.raises(CommandError, match="cannot be read|incomplete"):
        call_command("restore", str(file), "--force")


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "private/../../outside"])
def test_a_member_that_points_outside_is_refused(tmp_path, name):
    file = tmp_path / "evil.tar.gz"
    with tarfile.open(file, "w:gz") as archive:
        archive.addfile(tarfile.TarInfo(name), io.BytesIO())
    with pytest.raises(CommandError, match="does not belong there"):
        archives.unpack(file, tmp_path / "unpacked")


def test_a_database_that_cannot_be_loaded_leaves_the_files_as_they_were(tmp_path, settings, monkeypatch):
    file = backup(tmp_path, settings)
    upload = Path(settings.MEDIA_ROOT, "original_images", "港口.png")
    upload.write_bytes(b"edited since")

    def fail(path):
        raise CommandError("disk full")

    monkeypatch.setattr("portal.core.dumps.load", fail)
    with pytest.raises(CommandError, match="disk full"):
        call_command("restore", str(file), "--force")
    assert upload.read_bytes() == b"edited since"
    assert not list(tmp_path.glob("*.before-restore"))
    assert triggers.missing(connection) == []


def test_what_was_redacted_after_the_backup_stays_redacted(tmp_path, settings):
    publish(document("visit", "told"))
    publish(document("visit", "kept"))
    file = backup(tmp_path, settings)
    redact("visit:told")
    output = io.StringIO()
    call_command("restore", str(file), "--force", stdout=output)
    assert "visit:told, versions 1" in output.getvalue()
    assert not Content.objects.filter(row__uid="visit:told", row__version=1).exists()
    assert Content.objects.filter(row__uid="visit:kept").exists()
    [row] = LogRow.objects.filter(uid="visit:told", action="redact")
    assert json.loads(row.content.document)["ground"]["en"] == "Personal Data Protection Act, Article 11"
    assert triggers.missing(connection) == []
