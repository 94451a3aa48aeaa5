"""Where mails go when nothing is said: into files in development, nowhere in production."""

import os
import subprocess
import sys

import pytest

from tests.unit.settings.test_production import GOOD

_PRINT = "from portal import settings; print(settings.EMAIL_BACKEND.split('.')[-2], settings.EMAIL_FILE_PATH)"


@pytest.mark.parametrize(
    ("changes", "backend", "is_in_files"),
    [
        ({"PORTAL_ENV": "development"}, "filebased", True),
        ({}, "dummy", False),
        ({"EMAIL_URL": ""}, "dummy", False),
        ({"EMAIL_URL": "smtp+tls://portal:secret@mail.example:587"}, "smtp", False),
    ],
)
def test_where_mails_go(tmp_path, changes, backend, is_in_files):
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path)} | GOOD | changes
    printed = subprocess.run(
        [sys.executable, "-c", _PRINT], env=environment, capture_output=True, text=True, check=True
    )
    assert printed.stdout.split() == [backend, str(tmp_path / "mail") if is_in_files else "None"]
