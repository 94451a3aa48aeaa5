"""Signing in: password rules, limited attempts, sessions of editors."""

from datetime import timedelta

from portal.settings.env import TESTING

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]

_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]
_HASHERS = "django.contrib.auth.hashers"
# A slow hash would be most of the tests' time.
PASSWORD_HASHERS = [f"{_HASHERS}.MD5PasswordHasher"] if TESTING else [f"{_HASHERS}.PBKDF2PasswordHasher"]

# Where accounts are known: nothing else reads a session or is sent its cookie.
ACCOUNTS_PREFIX = SESSION_COOKIE_PATH = "/admin/"
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"

# By name and address together: a stranger cannot lock an editor out from the editor's own desk.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "portal.core.addresses.client_address"
AXES_LOCKOUT_CALLABLE = "cms.sign_in.locked_out"
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
