"""Consumer alerts and notices: what is dangerous or was checked, and what to do."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel
from wagtail.fields import StreamField

from cms.base.models import DatedRecordPage
from cms.base.panels import DATES, both, handler
from cms.blocks.base import BilingualBlock
from cms.blocks.lists import QuantityBlock
from portal.publication.codelists import choices


class AlertPage(DatedRecordPage):
    """Consumer alerts and notices: what is dangerous or was checked, and what to do."""

    record_type: ClassVar[str] = "alert"

    kind = models.CharField(_("kind"), max_length=10, choices=choices("alert.kind"), default="notice")
    risk = models.CharField(_("risk"), max_length=10, choices=choices("alert.risk"), default="unknown")
    products = StreamField([("item", BilingualBlock())], blank=True, verbose_name=_("products"))
    hazard = models.TextField(_("hazard"), blank=True)
    remedy = models.TextField(_("what to do"), blank=True)
    issued = models.DateField(_("issued"), null=True, blank=True)
    updated = models.DateField(_("updated"), null=True, blank=True)
    withdrawn = models.DateField(_("withdrawn"), null=True, blank=True)
    supersedes = models.ForeignKey(
        "self",
        verbose_name=_("supersedes"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="superseded_by",
    )
    quantities = StreamField([("quantity", QuantityBlock())], blank=True, verbose_name=_("quantities"))

    parent_page_types = ["cms.PlainPage"]
    subpage_types: ClassVar[list[str]] = []
    edit_handler = handler(
        [
            DATES,
            FieldRowPanel([FieldPanel("kind"), FieldPanel("risk")]),
            FieldPanel("products"),
            both("hazard"),
            both("remedy"),
            FieldRowPanel([FieldPanel("issued"), FieldPanel("updated"), FieldPanel("withdrawn")]),
            PageChooserPanel("supersedes", "cms.AlertPage"),
            FieldPanel("quantities"),
        ]
    )

    class Meta:
        verbose_name = _("consumer alert")
        verbose_name_plural = _("consumer alerts")

    def clean(self) -> None:
        super().clean()
        if self.pk and self.supersedes_id == self.pk:
            raise ValidationError({"supersedes": _("An alert cannot supersede itself.")})
        for later, earlier in (("updated", "issued"), ("withdrawn", "issued")):
            if getattr(self, later) and getattr(self, earlier) and getattr(self, later) < getattr(self, earlier):
                raise ValidationError({later: _("This day is before the day of issue.")})
