"""Which officers have been reminded on which day."""

from django.conf import settings
from django.db import models


class Reminder(models.Model):
    """The mail of a day to an officer. It is claimed here before it is handed to the mail server, so that nobody is
    written to twice, however often and from how many hosts reminders are sent. One that stays ``sending`` was cut off:
    nobody knows whether it went out, and it is not sent again.
    """

    class State(models.TextChoices):
        SENDING = "sending"
        SENT = "sent"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    state = models.CharField(max_length=7, choices=State)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="cases_reminder_once_a_day")]

    def __str__(self) -> str:
        return f"reminder of {self.day} to {self.user_id}"
