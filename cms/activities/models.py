"""Activities: aid, gifts, festivals, forums and the like, with partners and quantities."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms.base.models import DatedRecordPage
from cms.base.panels import DATES, both, handler
from cms.blocks.base import BilingualBlock
from cms.blocks.lists import PersonBlock, QuantityBlock
from portal.publication.codelists import choices


class ActivityPage(DatedRecordPage):
    """Activities: aid, gifts, festivals, forums and the like, with partners and quantities."""

    record_type: ClassVar[str] = "activity"

    kind = models.CharField(_("kind"), max_length=12, choices=choices("activity.kind"), default="other")
    place = models.CharField(_("place"), max_length=200, blank=True)
    partners = StreamField([("item", BilingualBlock())], blank=True, verbose_name=_("partners"))
    people = StreamField([("person", PersonBlock())], blank=True, verbose_name=_("people"))
    quantities = StreamField([("quantity", QuantityBlock())], blank=True, verbose_name=_("quantities"))

    parent_page_types = ["cms.PlainPage"]
    subpage_types: ClassVar[list[str]] = []
    edit_handler = handler(
        [
            DATES,
            FieldPanel("kind"),
            both("place"),
            FieldPanel("partners"),
            FieldPanel("people"),
            FieldPanel("quantities"),
        ]
    )

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
