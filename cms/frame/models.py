"""The site's frame: menus and banners."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField

from cms.base.models import RecordPage
from cms.base.panels import both, frame_handler
from cms.blocks.lists import LinkBlock
from portal.publication.codelists import choices


class MenuPage(RecordPage):
    """A menu of the site's frame: its links in order."""

    record_type: ClassVar[str] = "menu"

    slot = models.CharField(_("place in the frame"), max_length=10, choices=choices("menu.slot"), default="main")
    items = StreamField([("link", LinkBlock())], blank=True, verbose_name=_("links"))

    parent_page_types = ["cms.PlainPage"]
    subpage_types: ClassVar[list[str]] = []
    edit_handler = frame_handler([FieldPanel("slot"), FieldPanel("items")])

    class Meta:
        verbose_name = _("menu")
        verbose_name_plural = _("menus")


class BannerPage(RecordPage):
    """A line above every page, from a moment to a moment."""

    record_type: ClassVar[str] = "banner"

    level = models.CharField(_("level"), max_length=10, choices=choices("banner.level"), default="info")
    text = models.CharField(_("text"), max_length=300)
    link = StreamField([("link", LinkBlock())], blank=True, max_num=1, verbose_name=_("link"))
    starts_at = models.DateTimeField(_("shown from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("shown until"), null=True, blank=True)

    parent_page_types = ["cms.PlainPage"]
    subpage_types: ClassVar[list[str]] = []
    edit_handler = frame_handler(
        [
            FieldPanel("level"),
            both("text"),
            FieldPanel("link"),
            FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        ]
    )

    class Meta:
        verbose_name = _("banner")
        verbose_name_plural = _("banners")

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The end is not after the start.")})
