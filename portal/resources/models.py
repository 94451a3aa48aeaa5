"""What can be reserved, and the periods for which it is.

No two reservations of one resource overlap: PostgreSQL has an exclusion constraint (migration 0001), SQLite triggers
(`portal.resources.triggers`). A reservation holds nothing but the resource and the period; which case it is of, the
room of cases knows.
"""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.core.codes import is_code


class Resource(models.Model):
    """A room or a vehicle that can be in one place, with one user, at a time.

    ``code`` is its name in values and addresses and never changes. ``facility`` is what a venue is counted as, a code
    of the dataset of room uses; empty for a vehicle. One that is not ``is_offered`` takes no new reservations and
    keeps those that it has.
    """

    class Type(models.TextChoices):
        VENUE = "venue", _("Venue")
        VEHICLE = "vehicle", _("Vehicle")

    class Facility(models.TextChoices):
        VENUES = "venues", _("Event venue")
        MEETING_ROOMS = "meeting-rooms", _("Meeting room or similar place")

    code = models.CharField(
        pgettext_lazy("of a venue", "code"),
        max_length=40,
        unique=True,
        validators=[is_code],
        error_messages={"unique": _("This code is taken.")},
        help_text=_("Its name in addresses, such as siwei-hall. It cannot be changed later."),
    )
    type = models.CharField(pgettext_lazy("of a resource", "type"), max_length=7, choices=Type)
    name_zh_hant = models.CharField(_("name (Chinese)"), max_length=100)
    name_en = models.CharField(_("name (English)"), max_length=100)
    place_zh_hant = models.CharField(
        _("place (Chinese)"), max_length=200, blank=True, help_text=_("Building and floor of a venue.")
    )
    place_en = models.CharField(_("place (English)"), max_length=200, blank=True)
    facility = models.CharField(
        _("counted as"), max_length=13, choices=Facility, blank=True, help_text=_("Of a venue: where its uses count.")
    )
    capacity = models.PositiveIntegerField(
        pgettext_lazy("of a room or vehicle", "people"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("How many people it takes."),
    )
    agency = models.CharField(
        _("agency"),
        max_length=40,
        validators=[is_code],
        help_text=_("The code of the agency that lends it, as cases have it."),
    )
    is_offered = models.BooleanField(
        _("can be reserved"), default=True, help_text=_("If not, it takes no new reservations; those there are stay.")
    )

    class Meta:
        verbose_name = _("venue or vehicle")
        verbose_name_plural = _("venues and vehicles")
        ordering = ["type", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(type="vehicle", facility="") | Q(type="venue", facility__in=["venues", "meeting-rooms"]),
                name="resources_resource_facility",
                violation_error_message=_("Say what uses of a venue count as; of a vehicle, nothing."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name_zh_hant}"

    def clean(self) -> None:
        """Refuses another code, since cases hold it."""
        before = Resource.objects.filter(pk=self.pk).values_list("code", "type").first() if self.pk else None
        if before and before[0] != self.code:
            raise ValidationError({"code": _("The code cannot be changed.")})
        if before and before[1] != self.type:
            raise ValidationError({"type": _("The type cannot be changed.")})


class Reservation(models.Model):
    """That a resource is taken from ``starts_at`` until just before ``ends_at``. One may begin as another ends."""

    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="reservations")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="resources_reservation_ends_later")
        ]
        indexes = [models.Index(fields=["resource", "starts_at"], name="resources_reservation_of")]

    def __str__(self) -> str:
        return f"reservation {self.pk} of {self.resource_id}"
