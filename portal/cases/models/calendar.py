"""What the department knows of the office calendar beyond the library: days of its own, and years announced since."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.cases.office_calendar import CHECKED_YEARS, YEARS


class CalendarDay(models.Model):
    """A day that is worked, or not, whatever the week and the library say: a typhoon, a correction."""

    date = models.DateField(
        pgettext_lazy("office calendar", "day"),
        unique=True,
        error_messages={"unique": _("This day has an entry already.")},
    )
    is_working = models.BooleanField(
        pgettext_lazy("office calendar", "worked"), default=False, help_text=_("Whether the offices work on this day.")
    )
    name_zh_hant = models.CharField(
        _("name (Chinese)"), max_length=100, help_text=_("What it is, as deadlines will say it.")
    )
    name_en = models.CharField(
        _("name (English)"), max_length=100, help_text=_("The same in English, such as “closed for a typhoon”.")
    )
    source = models.CharField(
        pgettext_lazy("office calendar", "announcement"),
        max_length=200,
        help_text=_("Who announced it, with date and number where there is one."),
    )
    changed_at = models.DateTimeField(pgettext_lazy("office calendar", "changed"), auto_now=True)

    class Meta:
        verbose_name = _("day of the office calendar")
        verbose_name_plural = _("days of the office calendar")
        ordering = ["-date"]

    def __str__(self) -> str:
        return f"{self.date} {self.name_zh_hant}"

    def clean(self) -> None:
        """Refuses days of years that have no calendar."""
        if self.date and self.date.year not in YEARS:
            message = _("The calendar has the years from %(first)s to %(last)s.")
            raise ValidationError({"date": ValidationError(message, params={"first": YEARS[0], "last": YEARS[-1]})})


class CalendarYear(models.Model):
    """A year whose calendar was announced after the library was last checked: whoever enters it has compared the two,
    and entered what differs as `CalendarDay`.
    """

    year = models.PositiveSmallIntegerField(
        pgettext_lazy("office calendar", "year"),
        unique=True,
        validators=[MinValueValidator(YEARS[0]), MaxValueValidator(YEARS[-1])],
        error_messages={"unique": _("This year has an entry already.")},
        help_text=_("The Gregorian year, such as 2027 for ROC year 116."),
    )
    source = models.CharField(
        pgettext_lazy("office calendar", "announcement"),
        max_length=200,
        help_text=_("The letter by which the Executive Yuan approved the calendar, with date and number."),
    )
    changed_at = models.DateTimeField(pgettext_lazy("office calendar", "changed"), auto_now=True)

    class Meta:
        verbose_name = _("announced year")
        verbose_name_plural = _("announced years")
        ordering = ["-year"]

    def __str__(self) -> str:
        return str(self.year)

    def clean(self) -> None:
        """Refuses a year that needs no entry."""
        if self.year in CHECKED_YEARS:
            raise ValidationError({"year": _("The calendar of this year is known already.")})
