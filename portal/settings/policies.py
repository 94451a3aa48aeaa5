"""What pages may load, do and be framed by: strict for the public, wider only where a library's pages need it."""

from csp.constants import NONE, SELF, UNSAFE_INLINE

from portal.core.videos import ORIGINS
from portal.settings.auth import ACCOUNTS_PREFIX

_STRICT = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "manifest-src": [SELF],
    "media-src": [SELF],
    "frame-src": [*ORIGINS],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
    "base-uri": [NONE],
    "object-src": [NONE],
}

_DATA = {directive: [NONE] for directive in ("default-src", "form-action", "frame-ancestors", "base-uri")}

CONTENT_SECURITY_POLICY = {"DIRECTIVES": _STRICT}

# First match wins. Wagtail's admin writes scripts and styles into its pages, and shows previews in a frame; the API's
# answers are data, for which nothing is loaded.
CONTENT_SECURITY_POLICY_BY_PREFIX = {
    ACCOUNTS_PREFIX: _STRICT
    | {
        "script-src": [SELF, UNSAFE_INLINE],
        "style-src": [SELF, UNSAFE_INLINE],
        "img-src": [SELF, "data:", "blob:"],
        "frame-src": [SELF, *ORIGINS],
        "frame-ancestors": [SELF],
        "worker-src": [SELF, "blob:"],
    },
    "/api/docs/": _STRICT | {"worker-src": [SELF, "blob:"]},
    "/api/": _DATA,
}

#: No page of ours asks for any of these.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "hid",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "publickey-credentials-get",
        "screen-wake-lock",
        "serial",
        "usb",
        "xr-spatial-tracking",
    )
)
