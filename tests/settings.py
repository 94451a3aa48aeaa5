"""The settings of the tests: PORTAL_ENV is test, for this process and for those that a test starts."""

import os
import uuid

os.environ["PORTAL_ENV"] = "test"

from portal.settings import *  # noqa: F403
from portal.settings import DATA_DIR, DATABASES

# A file for each process, so that two runs in one checkout do not delete each other's database.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / f"test_{uuid.uuid4().hex}.sqlite3")}

# A test that wants Elasticsearch says so, and gets indexes of its own.
ELASTICSEARCH_URLS: list[str] = []
