"""Agreements with partner cities: what was signed, by whom, for which fields."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField

from cms.base.models import DatedRecordPage
from cms.base.panels import DATES, both, handler
from cms.blocks.base import BilingualBlock
from cms.blocks.lists import PersonBlock
from cms.blocks.media import FileBlock
from portal.publication.codelists import choices


class AgreementPage(DatedRecordPage):
    """Agreements with partner cities: what was signed, by whom, for which fields."""

    record_type: ClassVar[str] = "agreement"

    kind = models.CharField(_("kind"), max_length=12, choices=choices("agreement.kind"), default="sister-city")
    place = models.CharField(_("place"), max_length=200, blank=True)
    people = StreamField([("person", PersonBlock())], blank=True, verbose_name=_("people"))
    fields_of_cooperation = StreamField(
        [("item", BilingualBlock())], blank=True, verbose_name=_("fields of cooperation")
    )
    ordinal = models.PositiveIntegerField(
        _("ordinal"), null=True, blank=True, help_text=_("36 for the city's 36th partner.")
    )
    file = StreamField([("file", FileBlock())], blank=True, max_num=1, verbose_name=_("file"))

    parent_page_types = ["cms.PlainPage"]
    subpage_types: ClassVar[list[str]] = []
    edit_handler = handler(
        [
            DATES,
            FieldRowPanel([FieldPanel("kind"), FieldPanel("ordinal")]),
            both("place"),
            FieldPanel("people"),
            FieldPanel("fields_of_cooperation"),
            FieldPanel("file"),
        ]
    )

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
