"""What Django's error reports may show, the debug page of development included."""

from types import FrameType
from typing import Any

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.views.debug import SafeExceptionReporterFilter


class PersonalDataFilter(SafeExceptionReporterFilter):
    """Hides everything that was posted, and the local variables of a frame of the rooms that handle personal data
    (``PERSONAL_ROOMS``), of all that they call, and of whatever is marked as sensitive.

    Development is no exception: who tries a form with a person's real data would have it on a page.
    """

    def is_active(self, request: HttpRequest | None) -> bool:
        """Always."""
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, str] | QueryDict:
        """The names of what was posted."""
        return {} if request is None else dict.fromkeys(request.POST, self.cleansed_substitute)

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: FrameType) -> list[tuple[str, Any]]:
        """Names and values of a frame's variables, or names and stars."""
        if _is_personal(tb_frame):
            return [(name, self.cleansed_substitute) for name in tb_frame.f_locals]
        return list(super().get_traceback_frame_variables(request, tb_frame))


def _is_personal(frame: FrameType | None) -> bool:
    """Whether a frame, or one that it was called from, is of a room that handles personal data."""
    while frame is not None:
        if f"{frame.f_globals.get('__name__', '')}.".startswith(tuple(f"{room}." for room in settings.PERSONAL_ROOMS)):
            return True
        frame = frame.f_back
    return False
