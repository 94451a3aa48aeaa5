"""Mails to editors and subscribers. Without EMAIL_URL development writes them into files, and otherwise none are sent;
none reach a log.
"""

from portal.settings.env import DATA_DIR, PORTAL_ENV, email, text

_server = email("EMAIL_URL", f"filemail:///{DATA_DIR / 'mail'}" if PORTAL_ENV == "development" else "dummymail://")

EMAIL_BACKEND = _server["EMAIL_BACKEND"]
EMAIL_FILE_PATH = _server.get("EMAIL_FILE_PATH") or None
EMAIL_HOST = _server.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = _server.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _server.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _server.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = bool(_server.get("EMAIL_USE_TLS"))
EMAIL_USE_SSL = bool(_server.get("EMAIL_USE_SSL"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = text("DEFAULT_FROM_EMAIL", "portal@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
