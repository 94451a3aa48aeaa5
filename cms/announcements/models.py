"""Announcements: what the department decided, offers or reports."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField

from cms.base.models import DatedRecordPage
from cms.base.panels import DATES, both, handler
from cms.blocks.lists import QuantityBlock
from portal.publication.codelists import choices


class AnnouncementPage(DatedRecordPage):
    """Announcements: what the department decided, offers or reports."""

    record_type: ClassVar[str] = "announcement"

    kind = models.CharField(_("kind"), max_length=10, choices=choices("announcement.kind"), default="notice")
    effective_from = models.DateField(_("in force from"), null=True, blank=True)
    effective_to = models.DateField(_("in force until"), null=True, blank=True)
    contact_name = models.CharField(_("contact"), max_length=200, blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    contact_email = models.EmailField(_("e-mail"), blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    quantities = StreamField([("quantity", QuantityBlock())], blank=True, verbose_name=_("quantities"))

    parent_page_types = ["cms.PlainPage"]
    subpage_types: ClassVar[list[str]] = []
    edit_handler = handler(
        [
            DATES,
            FieldPanel("kind"),
            FieldRowPanel([FieldPanel("effective_from"), FieldPanel("effective_to")]),
            both("contact_name"),
            FieldRowPanel([FieldPanel("contact_phone"), FieldPanel("contact_email")]),
            both("place"),
            FieldPanel("quantities"),
        ]
    )

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")

    def clean(self) -> None:
        super().clean()
        if self.effective_from and self.effective_to and self.effective_to < self.effective_from:
            raise ValidationError({"effective_to": _("The last day is before the first.")})
