"""Dates as HTML."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.rendering.dates import DateText


def time_element(shown: DateText | None) -> SafeString:
    """A date with the other calendar's beside it; nothing for None."""
    if shown is None:
        return SafeString("")
    primary = (
        format_html('<time datetime="{}">{}</time>', shown.machine, shown.primary)
        if shown.machine
        else format_html("{}", shown.primary)
    )
    return (
        format_html('{} <span class="other-calendar">{}</span>', primary, shown.secondary)
        if shown.secondary
        else primary
    )
