"""How the cases of citizens came in, and what citizens track them with. None of it is personal."""

from django.db import models


class Filing(models.Model):
    """That a citizen has filed a case, at ``/services/`` or through an officer, and may track it and what continues it.

    ``form`` is the keyed hash of the random value in the form that was used (`portal.cases.filing`): one form files one
    case; None where the case came in another way. ``contents`` is that of what was in it. ``secret`` is the digest of
    the tracking secret (`portal.cases.tracking_secrets`), empty where there is none; ``given_by`` the ``seq`` of the
    event that it was given with, None where that was the receipt. ``to_send`` is the random value that a secret follows
    from which waits to be mailed, and is emptied once that mail is settled. ``language`` is the one that the citizen is
    written to in (BCP 47).
    """

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, primary_key=True, related_name="filing")
    form = models.CharField(max_length=64, unique=True, null=True)
    contents = models.CharField(max_length=64, blank=True)
    secret = models.CharField(max_length=64, blank=True)
    given_by = models.PositiveBigIntegerField(null=True)
    to_send = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=7)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"filing of case {self.case_id}"
