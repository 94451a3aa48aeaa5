"""Files: uploads stay private, publishing exposes copies of what it uses, static files are the program's."""

from pathlib import Path

from portal.settings.env import BASE_DIR, DATA_DIR, TESTING, text
from portal.settings.themes import THEME_DIRS

# What editors upload. Only the admin serves this directory, to whoever may enter it.
MEDIA_ROOT = DATA_DIR / "private"
MEDIA_URL = "/admin/media/"
PUBLIC_ROOT = DATA_DIR / "public"
# Files of cases, encrypted. No address leads here; relative to the project like DATA_DIR.
ATTACHMENTS_ROOT = BASE_DIR / Path(text("ATTACHMENTS_ROOT", str(DATA_DIR / "attachments")))
# An address of the front server's own, which leads to PUBLIC_ROOT and which it opens to X-Accel-Redirect alone.
ACCEL_PREFIX = text("ACCEL_PREFIX")

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [directory / "static" for directory in THEME_DIRS if (directory / "static").is_dir()]

_STATIC_BACKEND = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if TESTING
    else "whitenoise.storage.CompressedManifestStaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "public": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(PUBLIC_ROOT), "base_url": "/media/"},
    },
    "staticfiles": {"BACKEND": _STATIC_BACKEND},
}
FILE_UPLOAD_PERMISSIONS = 0o640
# Each test has a client of its own, which would list all static files anew.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = TESTING
WHITENOISE_MANIFEST_STRICT = False
