"""What the environment decides: every variable that the settings read is declared here, once.

A fragment reads a variable with `text()`, `flag()`, `number()`, `names()` and their like; reading one that
`VARIABLES` does not declare is an error, so that the README's table, which a test compares with it, is whole.
"""

from pathlib import Path
from typing import Literal

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parents[2]

VARIABLES: dict[str, str] = {
    "PORTAL_ENV": "development, production or test; the web entry point takes production when it is not set",
    "SECRET_KEY": "signs sessions and forms; required in production, at least 50 characters",
    "PERSONAL_DATA_KEYS": "encrypt personal data: id:base64 of 32 bytes, by commas, the current first; for production",
    "PERSONAL_INDEX_KEYS": "hash what cases are found by; other keys of the same form; for production",
    "ALLOWED_HOSTS": "host names that are served, by commas; required in production",
    "BASE_URL": "the public address of the portal, without a final slash",
    "DEBUG": "Django's debug pages; refused in production",
    "DATABASE_URL": "sqlite:///path or postgresql://user:password@host:port/name",
    "DATABASE_CONN_MAX_AGE": "seconds that a thread keeps its connection to the database",
    "DATA_DIR": "directory of the SQLite database, private uploads and public files",
    "ATTACHMENTS_ROOT": "directory of the encrypted files of cases, apart from all that is served",
    "ACCEL_PREFIX": "nginx's internal location of the public files, such as /public-files/: it sends them then",
    "PORTAL_THEME": "the theme of the public pages: a folder of themes/",
    "HEADLESS_PREVIEW_URL": "page of a separate front end that shows drafts to editors; none when unset",
    "HEADLESS_PREVIEW_SECONDS": "seconds that such a front end may read a draft for",
    "SITE_NAME": "the portal's name in the admin",
    "EMAIL_URL": "where mails go: smtp+tls://user:password@host:port, smtp://, filemail:///directory, dummymail://",
    "DEFAULT_FROM_EMAIL": "sender of mails to editors and subscribers",
    "SERVICES_AGENCY": "code of the agency that citizens' complaints go to",
    "PETITIONS_AGENCY": "code of the agency that citizens' petitions go to, which hands them on",
    "PETITION_DAYS": "calendar days in which a petition is replied to, at most 30",
    "REPAIR_WORKING_DAYS": "working days in which a repair is done and accepted",
    "PROXY_COUNT": "number of trusted reverse proxies in front; 0 ignores every X-Forwarded header",
    "HTTPS": "redirect to https, HSTS and secure cookies; on in production unless switched off",
    "LOG_LEVEL": "lowest level that is logged",
    "MODULE_TOKEN_SECONDS": "seconds that an access token of a case module is valid for",
    "MODULE_BODY_MAX_BYTES": "bytes that a case or an event sent by a module may have; bulk has limits of its own",
    "MODULE_FEED_WAITERS": "requests of one process that may wait for the feed of cases at a time",
    "WEBHOOK_TRIAL_ADDRESSES": "address:port by commas that webhooks reach in trials, by http too; not in production",
    "CASE_COUNT_THRESHOLD": "cases that a published count has more than, or none; smaller counts are hidden",
    "CASE_REMINDER_DAYS": "days before its last day from which on officers are reminded of a case",
    "PORTAL_SYNTHETIC": "the data are invented: a banner on every page says so; set by make demo",
    "DATASET_UPLOAD_MAX_BYTES": "bytes that a file with a dataset's table may have",
    "DATASET_CSV_MAX_ROWS": "observations that an uploaded CSV file may have",
    "DATASET_SHEET_MAX_ROWS": "observations that an uploaded spreadsheet (XLSX, ODS) may have",
    "ELASTICSEARCH_URL": "addresses of an Elasticsearch cluster, by commas; the embedded index alone when unset",
    "ELASTICSEARCH_INDEX": "what the names of its indexes and aliases begin with",
    "ELASTICSEARCH_CA_FILE": "certificate authority that its TLS certificate is checked against",
    "ELASTICSEARCH_USER": "user name at the cluster",
    "ELASTICSEARCH_PASSWORD": "password of that user",
    "ELASTICSEARCH_API_KEY": "API key at the cluster, instead of user and password",
    "ELASTICSEARCH_SHARDS": "shards of a new index",
    "ELASTICSEARCH_REPLICAS": "replicas of each shard",
    "ELASTICSEARCH_TIMEOUT": "seconds that a search waits for the cluster before the embedded index answers",
    "SEARCH_EMBEDDED": "keep an embedded index on this host: alone, or for when the cluster is away",
    "SEARCH_INDEX_DIR": "directory of the embedded index",
}

_environment = environ.Env()
_ENVIRONMENTS = ("development", "production", "test")


def _declared(name: str) -> str:
    if name not in VARIABLES:
        raise ImproperlyConfigured(f"{name} is read by the settings but not declared in portal/settings/env.py.")
    return name


def text(name: str, default: str = "") -> str:
    """The variable's text, or `default` when it is unset or empty."""
    return _environment.str(_declared(name), default="") or default


def flag(name: str, default: bool) -> bool:
    """The variable as a truth value (`1`, `true`, `yes`, `on` …)."""
    if not text(name):
        return default
    return _environment.bool(name)


def number(name: str, default: int) -> int:
    """The variable as a whole number; anything else is refused with its name."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None


def decimal(name: str, default: float) -> float:
    """The variable as a number, with or without decimals; anything else is refused with its name."""
    value = text(name, str(default))
    try:
        return float(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a number, not {value!r}.") from None


def names(name: str, default: list[str]) -> list[str]:
    """The variable as a list separated by commas, without empty items."""
    given = [part.strip() for part in text(name).split(",")]
    return [part for part in given if part] or default


def database(name: str, default: str) -> dict[str, object]:
    """The variable as Django's dictionary for one database."""
    return dict(environ.Env.db_url_config(text(name, default)))


def email(name: str, default: str) -> dict[str, object]:
    """The variable as Django's EMAIL_ settings."""
    return dict(environ.Env.email_url_config(text(name, default)))


def _environment_name() -> Literal["development", "production", "test"]:
    name = text("PORTAL_ENV", "production")
    if name not in _ENVIRONMENTS:
        raise ImproperlyConfigured(f"PORTAL_ENV must be one of {', '.join(_ENVIRONMENTS)}, not {name!r}.")
    return name  # type: ignore[return-value]


PORTAL_ENV = _environment_name()
PRODUCTION = PORTAL_ENV == "production"
TESTING = PORTAL_ENV == "test"

DATA_DIR = Path(text("DATA_DIR", str(BASE_DIR / "var" / ("test" if TESTING else ""))))
if not DATA_DIR.is_absolute():
    DATA_DIR = BASE_DIR / DATA_DIR
