"""Is the directory of attachments apart from all that is served? One of Django's system checks."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

#: The settings of directories that addresses lead to, or that editors may look into.
_SERVED = ("MEDIA_ROOT", "PUBLIC_ROOT", "STATIC_ROOT")


@register(Tags.security)
def attachments_are_apart(app_configs: Any, **_kwargs: Any) -> list[CheckMessage]:
    """An error for each served directory that the attachments would lie in, or that would lie among them."""
    own = Path(settings.ATTACHMENTS_ROOT).resolve()
    served = [(name, getattr(settings, name)) for name in _SERVED]
    served += [("STATICFILES_DIRS", each) for each in settings.STATICFILES_DIRS]
    return [
        Error(
            f"ATTACHMENTS_ROOT and {name} lie one in the other: files of cases would be served.",
            hint="Give ATTACHMENTS_ROOT a directory of its own.",
            id="cases.E004",
        )
        for name, directory in served
        if directory and _overlap(own, Path(directory).resolve())
    ]


def _overlap(one: Path, other: Path) -> bool:
    return one.is_relative_to(other) or other.is_relative_to(one)
