"""Secrets, hosts, cookies and what a browser is allowed to do."""

import os
import secrets

from django.core.exceptions import ImproperlyConfigured

from portal.settings.env import DATA_DIR, PORTAL_ENV, PRODUCTION, TESTING, flag, names, number, text

_KNOWN_KEYS = ("django-insecure", "change", "secret", "test", "development", "example", "default")
_SHORTEST_KEY = 50


def production_key() -> str:
    """SECRET_KEY from the environment; missing, well-known, short or monotonous ones are refused."""
    key = text("SECRET_KEY")
    if not key:
        raise ImproperlyConfigured("SECRET_KEY is not set. Production needs a secret key of its own.")
    if key.lower().startswith(_KNOWN_KEYS) or len(key) < _SHORTEST_KEY or len(set(key)) < 10:
        raise ImproperlyConfigured(
            f"SECRET_KEY is a default or too weak. Use at least {_SHORTEST_KEY} random characters."
        )
    return key


def development_key() -> str:
    """A key made once and kept in DATA_DIR, readable by its owner only."""
    path = DATA_DIR / "secret_key"
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(60))
    key = path.read_text(encoding="ascii")
    if not key:
        raise ImproperlyConfigured(f"{path} is empty. Delete it, and the next start makes a new key.")
    return key


def production_hosts() -> list[str]:
    """ALLOWED_HOSTS from the environment; none, or every host, is refused."""
    hosts = names("ALLOWED_HOSTS", [])
    if not hosts:
        raise ImproperlyConfigured("ALLOWED_HOSTS is not set. Production serves only the hosts that it names.")
    if "*" in hosts:
        raise ImproperlyConfigured("ALLOWED_HOSTS is '*'. Production serves only the hosts that it names.")
    return hosts


DEBUG = flag("DEBUG", False)
if DEBUG and PRODUCTION:
    raise ImproperlyConfigured("DEBUG is on. Production never shows debug pages.")

if PRODUCTION:
    SECRET_KEY = production_key()
    ALLOWED_HOSTS = production_hosts()
else:
    SECRET_KEY = text("SECRET_KEY") or ("the key of the tests " * 3 if TESTING else development_key())
    ALLOWED_HOSTS = names("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]", ".localhost"])

BASE_URL = text("BASE_URL", f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else "http://localhost:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [BASE_URL]

PROXY_COUNT = number("PROXY_COUNT", 0)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY_COUNT else None

HTTPS = flag("HTTPS", PORTAL_ENV == "production")
SECURE_SSL_REDIRECT = HTTPS
# A load balancer asks for health over plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^healthz/"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Wagtail itself lets the editors' previews be framed.
X_FRAME_OPTIONS = "DENY"

SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SAMESITE = "Lax"

DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
