"""Plain pages: the home page, the introductions of the lists, about, contact and the like."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.base.models import RecordPage
from cms.base.panels import handler
from portal.publication.types import LISTED


class PlainPage(RecordPage):
    """Plain pages: the home page, the introductions of the lists, about, contact and the like."""

    record_type: ClassVar[str] = "page"

    section = models.CharField(
        _("list of"),
        max_length=20,
        blank=True,
        choices=[(kind.code, kind.plural_label) for kind in LISTED],
        help_text=_("For the introduction of a list."),
    )

    parent_page_types = ["wagtailcore.Page", "cms.PlainPage"]
    edit_handler = handler(
        [FieldPanel("section")],
        relations=False,
    )

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
