"""Partner cities and regions of the city."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from cms.base.models import RecordPage
from cms.base.panels import both, handler
from portal.core import languages
from portal.core.countries import country_names
from portal.publication.codelists import choices


def country_choices() -> list[tuple[str, str]]:
    """All countries, named in the editor's language."""
    language = languages.tag(get_language() or languages.CHINESE)
    return [(code, name[language]) for code, name in country_names().items()]


class CityPage(RecordPage):
    """Partner cities and regions of the city."""

    record_type: ClassVar[str] = "city"

    country = models.CharField(_("country"), max_length=2, choices=country_choices)
    region = models.CharField(_("region"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=choices("city.kind"), default="sister")
    since_date = models.DateField(_("since"), null=True, blank=True)
    since_precision = models.CharField(_("precision"), max_length=9, choices=choices("*.precision"), default="day")
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    website = models.URLField(_("website"), blank=True)

    parent_page_types = ["cms.PlainPage"]
    subpage_types: ClassVar[list[str]] = []
    edit_handler = handler(
        [
            FieldRowPanel([FieldPanel("country"), FieldPanel("kind")]),
            both("region"),
            FieldRowPanel([FieldPanel("since_date"), FieldPanel("since_precision")]),
            FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
            FieldPanel("website"),
        ],
        relations=False,
    )

    class Meta:
        verbose_name = _("city")
        verbose_name_plural = _("cities")

    def clean(self) -> None:
        super().clean()
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError({"longitude": _("Give both latitude and longitude, or neither.")})
