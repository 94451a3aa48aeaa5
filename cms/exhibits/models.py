"""Exhibits: what is shown where and when, alone or in a series."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms.base.models import DatedRecordPage
from cms.base.panels import DATES, both, handler
from cms.blocks.lists import ObjectBlock


class ExhibitPage(DatedRecordPage):
    """Exhibits: what is shown where and when, alone or in a series."""

    record_type: ClassVar[str] = "exhibit"

    place = models.CharField(_("place"), max_length=200, blank=True)
    series = models.CharField(_("series"), max_length=200, blank=True)
    objects_shown = StreamField([("object", ObjectBlock())], blank=True, verbose_name=_("objects shown"))

    parent_page_types = ["cms.PlainPage"]
    subpage_types: ClassVar[list[str]] = []
    edit_handler = handler([DATES, both("place"), both("series"), FieldPanel("objects_shown")])

    class Meta:
        verbose_name = _("exhibit")
        verbose_name_plural = _("exhibits")
