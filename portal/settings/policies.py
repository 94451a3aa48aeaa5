"""Content-Security-Policy: strict for the public, wider only where a library's pages need it."""

from csp.constants import NONE, SELF, UNSAFE_INLINE

_STRICT = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "manifest-src": [SELF],
    "media-src": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
    "base-uri": [NONE],
    "object-src": [NONE],
}

CONTENT_SECURITY_POLICY = {"DIRECTIVES": _STRICT}

# First match wins. Wagtail's admin writes scripts and styles into its pages, and shows previews in a frame.
CONTENT_SECURITY_POLICY_BY_PREFIX = {
    "/admin/": _STRICT
    | {
        "script-src": [SELF, UNSAFE_INLINE],
        "style-src": [SELF, UNSAFE_INLINE],
        "img-src": [SELF, "data:", "blob:"],
        "frame-src": [SELF],
        "worker-src": [SELF, "blob:"],
    },
    "/api/docs/": _STRICT | {"style-src": [SELF, UNSAFE_INLINE], "worker-src": [SELF, "blob:"]},
}
