"""Production refuses to start without secrets and hosts of its own, and says why."""

import os
import subprocess
import sys

import pytest

GOOD = {
    "PORTAL_ENV": "production",
    "SECRET_KEY": "q7Zk2mXv9RtLw4YbNc8HsJd6FgPa3UeKiOoTr5Mz1VxBnQyWl0",
    "ALLOWED_HOSTS": "record.example.org",
}


def start(tmp_path, **changes: str | None) -> subprocess.CompletedProcess[str]:
    """Start the web application in a process of its own with GOOD's environment, changed."""
    ours = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path)} | GOOD | changes
    return subprocess.run(
        [sys.executable, "-c", "import portal.wsgi"],
        env={name: value for name, value in ours.items() if value is not None},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_starts_with_a_key_and_hosts(tmp_path):
    assert start(tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY is not set."),
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set."),
        ({"SECRET_KEY": "changeme"}, "SECRET_KEY is a default or too weak."),
        ({"SECRET_KEY": "django-insecure-" + GOOD["SECRET_KEY"]}, "SECRET_KEY is a default or too weak."),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY is a default or too weak."),
        ({"ALLOWED_HOSTS": None}, "ALLOWED_HOSTS is not set."),
        ({"ALLOWED_HOSTS": " , "}, "ALLOWED_HOSTS is not set."),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS is '*'."),
        ({"DEBUG": "1"}, "DEBUG is on."),
        (
            {"PORTAL_ENV": "staging"},
            "PORTAL_ENV must be one of development, production, test, not 'staging'.",
        ),
        ({"PROXY_COUNT": "many"}, "PROXY_COUNT must be a whole number, not 'many'."),
    ],
)
def test_refuses(tmp_path, changes, sentence):
    result = start(tmp_path, **changes)
    assert result.returncode != 0
    assert f"ImproperlyConfigured: {sentence}" in result.stderr


def test_an_unset_environment_is_production(tmp_path):
    result = start(tmp_path, PORTAL_ENV=None, SECRET_KEY=None)
    assert "SECRET_KEY is not set." in result.stderr


def test_development_makes_a_key_once_that_only_its_owner_reads(tmp_path):
    assert start(tmp_path, PORTAL_ENV="development", SECRET_KEY=None, ALLOWED_HOSTS=None).returncode == 0
    path = tmp_path / "secret_key"
    key = path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(key) >= 50
    assert start(tmp_path, PORTAL_ENV="development", SECRET_KEY=None, ALLOWED_HOSTS=None).returncode == 0
    assert path.read_text() == key
