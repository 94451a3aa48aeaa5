"""The room of cases as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    """Registers the room with Django."""

    name = "portal.cases"
    label = "cases"
    verbose_name = _("Cases")
