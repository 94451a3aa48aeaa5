"""Which programs may send and read cases, and what they were answered."""

from django.db import models


class Module(models.Model):
    """A program of an agency that keeps cases of its own, known by its OAuth2 client.

    It acts for ``agency`` alone. ``scopes`` is the most that its tokens may do (`portal.api.v1.cases.scopes`). From
    ``ended_at`` on it gets no token, and those that it has are worth nothing. ``last_token_at`` is when it was given
    one last: whoever uses the API needs a new one every quarter of an hour.
    """

    application = models.OneToOneField(
        "oauth2_provider.Application", on_delete=models.PROTECT, primary_key=True, related_name="module"
    )
    agency = models.CharField(max_length=40)
    scopes = models.JSONField()
    ended_at = models.DateTimeField(null=True, blank=True)
    last_token_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"module {self.pk} of {self.agency}"

    def may_read(self, kind: str) -> bool:
        """Whether it may read cases of a kind now."""
        return self.ended_at is None and f"cases:{kind}:read" in self.scopes


class KeptAnswer(models.Model):
    """The first answer to a request with an idempotency key of a module. It is written in the transaction that does
    what was asked, so that there is neither a deed without it nor it without the deed.

    ``key`` and ``request`` are keyed hashes in hex: either may say something of a person. ``answer`` holds nothing
    personal.
    """

    module = models.ForeignKey(Module, on_delete=models.CASCADE)
    key = models.CharField(max_length=64)
    request = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField()
    answer = models.TextField()
    kept_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["module", "key"], name="cases_keptanswer_once")]

    def __str__(self) -> str:
        return f"answer {self.pk} to module {self.module_id}"
