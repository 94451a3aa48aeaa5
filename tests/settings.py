"""The settings of the tests: PORTAL_ENV is test, for this process and for those that a test starts."""

import os

os.environ["PORTAL_ENV"] = "test"

from portal.settings import *  # noqa: F403
