"""Visits, in person or by video: who came, whom they met, what was spoken about."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField

from cms.base.models import DatedRecordPage
from cms.base.panels import DATES, both, handler
from cms.blocks.base import BilingualBlock
from cms.blocks.lists import PersonBlock
from cms.cities.models import country_choices
from portal.publication.codelists import choices


class VisitPage(DatedRecordPage):
    """Visits, in person or by video: who came, whom they met, what was spoken about."""

    record_type: ClassVar[str] = "visit"

    country = models.CharField(
        _("country"),
        max_length=2,
        blank=True,
        choices=country_choices,
        help_text=_("The country that the visit is from, to or with."),
    )
    direction = models.CharField(_("direction"), max_length=10, choices=choices("visit.direction"), default="inbound")
    mode = models.CharField(_("mode"), max_length=10, choices=choices("visit.mode"), default="in-person")
    delegation = models.CharField(_("delegation"), max_length=200, blank=True)
    office = models.CharField(_("visitors' office"), max_length=200, blank=True)
    people = StreamField([("person", PersonBlock())], blank=True, verbose_name=_("people"))
    subjects = StreamField([("item", BilingualBlock())], blank=True, verbose_name=_("topics raised"))
    place = models.CharField(_("place"), max_length=200, blank=True)

    parent_page_types = ["cms.PlainPage"]
    subpage_types: ClassVar[list[str]] = []
    edit_handler = handler(
        [
            DATES,
            FieldRowPanel([FieldPanel("country"), FieldPanel("direction"), FieldPanel("mode")]),
            both("delegation"),
            both("office"),
            both("place"),
            FieldPanel("people"),
            FieldPanel("subjects"),
        ]
    )

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
