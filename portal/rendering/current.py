"""The frame of this moment, for pages that are asked for too seldom to keep one."""

from django.utils import timezone

from portal.publication import selectors
from portal.rendering.frame import Frame, build_frame


def current_frame() -> Frame:
    """The menus and banners as they are now."""
    now = timezone.now()
    read = selectors.frame()
    return build_frame(read.menus.values(), read.banners_at(now), now)
