"""Which language an address means: ``/en/`` and all below it is English, everything else Chinese."""

from portal.core.languages import CHINESE, ENGLISH, PREFIXES


def of_path(path: str) -> str:
    """The language of an address."""
    prefix = PREFIXES[ENGLISH]
    return ENGLISH if path == prefix or path.startswith(f"{prefix}/") else CHINESE


def without_prefix(path: str) -> str:
    """The Chinese path of an address in any language."""
    return path[len(PREFIXES[of_path(path)]) :] or "/"
