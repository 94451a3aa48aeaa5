"""Works projects: what is built or renewed, where, and when it is due."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField

from cms.base.models import DatedRecordPage
from cms.base.panels import DATES, both, handler
from cms.blocks.lists import WorksItemBlock
from portal.publication.codelists import choices


class WorksPage(DatedRecordPage):
    """Works projects: what is built or renewed, where, and when it is due."""

    record_type: ClassVar[str] = "works"

    place = models.CharField(_("place"), max_length=200, blank=True)
    items = StreamField([("item", WorksItemBlock())], blank=True, verbose_name=_("items"))
    due_date = models.DateField(_("due"), null=True, blank=True)
    due_precision = models.CharField(_("precision"), max_length=9, choices=choices("*.precision"), default="day")
    status = models.CharField(_("status"), max_length=12, choices=choices("works.status"), default="unknown")
    completed = models.DateField(_("completed"), null=True, blank=True)
    contractor = models.CharField(_("contractor"), max_length=200, blank=True)
    phase = models.PositiveIntegerField(_("phase"), null=True, blank=True)

    parent_page_types = ["cms.PlainPage"]
    subpage_types: ClassVar[list[str]] = []
    edit_handler = handler(
        [
            DATES,
            both("place"),
            FieldPanel("items"),
            FieldRowPanel([FieldPanel("due_date"), FieldPanel("due_precision")]),
            FieldRowPanel([FieldPanel("status"), FieldPanel("completed"), FieldPanel("phase")]),
            both("contractor"),
        ]
    )

    class Meta:
        verbose_name = _("works project")
        verbose_name_plural = _("works projects")
