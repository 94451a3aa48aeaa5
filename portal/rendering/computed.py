"""The mark of what the portal computed itself. Beside a value it opens how that comes about, without any script."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext


def computed(name: str, lines: Iterable[str]) -> SafeString:
    """The mark of a value that is called ``name``, and the lines that say how it was computed. Flow content: it cannot
    stand in a paragraph.
    """
    return format_html(
        ' <details class="sum"><summary class="seal" aria-label="{}">{}</summary><div>{}</div></details>',
        gettext("= Computed: %(name)s") % {"name": name},
        pgettext("seal", "="),
        format_html_join("", "<p>{}</p>", ((line,) for line in lines)),
    )
