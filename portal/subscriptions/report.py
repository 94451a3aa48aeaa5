"""The admin's page on e-mail subscriptions: numbers, no addresses."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import TemplateView

from portal.core.languages import NAMES
from portal.core.outgoing import mails_are_sent
from portal.subscriptions.counts import counts
from portal.subscriptions.models import Mail, Pace

_PACES = {Pace.AT_ONCE: _("At once"), Pace.DAILY: _("Once a day")}
_STATES = {
    Mail.State.WAITING: pgettext_lazy("mails", "Waiting"),
    Mail.State.SENDING: pgettext_lazy("mails", "Being sent"),
    Mail.State.SENT: pgettext_lazy("mails", "Sent, in the last thirty days"),
    Mail.State.EMPTY: pgettext_lazy("mails", "Not sent: what they told of was withdrawn before"),
    Mail.State.FAILED: pgettext_lazy("mails", "Given up: the mail server refused them again and again"),
    Mail.State.UNCERTAIN: pgettext_lazy("mails", "Uncertain: sending was cut off"),
}


class CountsView(TemplateView):
    """How many follow, and what became of the mails."""

    template_name = "subscriptions/counts.html"
    page_title = _("E-mail subscriptions")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = counts()
        return super().get_context_data(
            page_title=self.page_title,
            is_offered=mails_are_sent(),
            counts=now,
            languages=[(name, now.languages.get(tag, 0)) for tag, name in NAMES.items()],
            paces=[(name, now.paces.get(pace, 0)) for pace, name in _PACES.items()],
            mails=[(name, now.mails[state]) for state, name in _STATES.items()],
            **kwargs,
        )
