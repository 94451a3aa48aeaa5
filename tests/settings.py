"""The settings of the tests: PORTAL_ENV is test, for this process and for those that a test starts."""

import os
import tempfile

os.environ["PORTAL_ENV"] = "test"

from portal.settings import *  # noqa: F403
from portal.settings import DATABASES

# A directory for each process, so that two runs in one checkout do not delete each other's database.
_OWN = tempfile.TemporaryDirectory(prefix="portal-test-")
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(_OWN.name, "test.sqlite3")}
