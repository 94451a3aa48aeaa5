"""The portal's settings, with the addresses that it is measured against and Wagtail's API; for the benchmark alone."""

from portal.settings import *  # noqa: F403
from portal.settings import BASE_DIR, INSTALLED_APPS, TEMPLATES

ROOT_URLCONF = "scripts.bench.urls"
INSTALLED_APPS = [*INSTALLED_APPS, "wagtail.api.v2"]
TEMPLATES = [TEMPLATES[0] | {"DIRS": [BASE_DIR / "scripts/bench/templates"]}]
WAGTAILAPI_LIMIT_MAX = 200
