"""Production refuses to start without secrets and hosts of its own, and says why."""

import os
import subprocess
import sys

import pytest

GOOD = {
    "PORTAL_ENV": "production",
    "SECRET_KEY": "q7Zk2mXv9RtLw4YbNc8HsJd6FgPa3UeKiOoTr5Mz1VxBnQyWl0",
    "PERSONAL_DATA_KEYS": (
        "2026b:kgX0oVhJm4jPjQzYc8WlqPpJ3qv1Rr0kq0f7mYyqS0E=, 2026a:9t2v7mJqk1Wn0nq3oZ4s8yT5uXcR6bLhPpDd0aEeFfE="
    ),
    "PERSONAL_INDEX_KEYS": "2026:Zq7Yt3Lw9Xv1Bn5Mk8Jh2Gf6Ds4Aa0PoIuYtReWqLkE=",
    "ALLOWED_HOSTS": "record.example.org",
}
ONE = GOOD["PERSONAL_INDEX_KEYS"].partition(":")[2]


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
        ({"PERSONAL_DATA_KEYS": None}, "PERSONAL_DATA_KEYS is not set."),
        ({"PERSONAL_INDEX_KEYS": ""}, "PERSONAL_INDEX_KEYS is not set."),
        ({"PERSONAL_DATA_KEYS": ONE}, "PERSONAL_DATA_KEYS must hold id:key pairs"),
        ({"PERSONAL_DATA_KEYS": f"a b:{ONE}"}, "PERSONAL_DATA_KEYS must hold id:key pairs"),
        ({"PERSONAL_DATA_KEYS": "a:c2hvcnQ="}, "The key 'a' of PERSONAL_DATA_KEYS is not 32 random bytes"),
        ({"PERSONAL_DATA_KEYS": "a:not base64"}, "The key 'a' of PERSONAL_DATA_KEYS is not 32 random bytes"),
        ({"PERSONAL_DATA_KEYS": f"a:{'A' * 43}="}, "The key 'a' of PERSONAL_DATA_KEYS is not 32 random bytes"),
        (
            {"PERSONAL_DATA_KEYS": f"{GOOD['PERSONAL_DATA_KEYS']},2026a:{ONE}"},
            "PERSONAL_DATA_KEYS holds the key '2026a'",
        ),
        ({"PERSONAL_DATA_KEYS": f"a:{ONE},b:{ONE}"}, "PERSONAL_DATA_KEYS holds the key 'b' twice."),
        ({"PERSONAL_DATA_KEYS": f"a:{ONE}"}, "PERSONAL_DATA_KEYS and PERSONAL_INDEX_KEYS share a key."),
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
    assert ONE not in result.stderr


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
