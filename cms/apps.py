"""The editing side as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    """Connects the signals that note which pages were touched, and that end what shows of their drafts."""

    name = "cms"
    label = "cms"
    verbose_name = _("Records")

    def ready(self) -> None:
        from cms import touches
        from cms.headless import ending

        touches.connect()
        ending.connect()
