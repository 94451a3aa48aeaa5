"""Which case keeps which reservation."""

from django.db import models

from portal.resources.models import Reservation


class Held(models.Model):
    """That a case keeps a resource: the reservation itself lies where public code may read it, and does not say whose
    it is.
    """

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, primary_key=True, related_name="held")
    reservation = models.OneToOneField(Reservation, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"reservation {self.reservation_id} of case {self.case_id}"
