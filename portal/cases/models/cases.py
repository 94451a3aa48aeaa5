"""Cases and what happened to them.

`CaseEvent` is append-only; the database's own triggers hold that (`portal.cases.triggers`). A `Case` is what its events
say (`portal.cases.replaying`), kept at hand. Neither holds anything personal: that lies in tables of its own.
"""

from django.db import models
from django.db.models import Q


class Case(models.Model):
    """A case as it stands after its last event.

    ``version`` is the number of its events. ``data`` holds the values that are not personal, by field name.
    ``follows`` is the case of the stage before, ``merged_into`` the one that this turned out to be another of.
    ``assignee`` is an actor, empty while nobody has it.
    """

    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=40)
    agency = models.CharField(max_length=40)
    assignee = models.CharField(max_length=90, blank=True)
    received_at = models.DateTimeField()
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=40)
    closed_at = models.DateTimeField(null=True)
    data = models.JSONField()
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followers")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="duplicates")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(merged_into=models.F("pk")), name="cases_case_not_merged_into_itself"),
            # A case is followed by one case; a duplicate that was merged does not count.
            models.UniqueConstraint(
                fields=["follows"], condition=Q(merged_into__isnull=True), name="cases_case_followed_once"
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "received_at"], name="cases_case_received"),
            models.Index(fields=["kind", "closed_at"], name="cases_case_closed"),
            models.Index(fields=["agency", "kind", "state"], name="cases_case_standing"),
            models.Index(fields=["assignee"], condition=~Q(assignee=""), name="cases_case_assignee"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} v{self.version} ({self.state})"

    @property
    def stage(self) -> str | None:
        """The stage, where its kind has stages."""
        return self.data.get("stage")


class CaseEvent(models.Model):
    """Something that happened to a case.

    ``seq`` counts all events in the order of their commits, without gaps; ``number`` those of the case. ``type`` is
    ``received``, the name of a transition, or one of ``assigned``, ``amended``, ``merged``, ``absorbed``, ``reopened``,
    ``noted``, ``secret-given``, and ``attached`` and ``deadline-moved``, whose ``data`` are no values of the case but
    say which file, of what kind and size, and `portal.cases.moved_deadlines`. Otherwise ``data`` holds the values given
    with it that are not personal; in ``amended`` a value of None is taken out. ``state``, ``closed``, ``agency`` and
    ``assignee`` are the case's after the event, so that what an event said does not depend on how its kind is declared
    later. ``from_agency`` is set where it changed hands. ``other`` is the case that ``received`` follows, ``merged``
    went into and ``absorbed`` took in. ``occurred_at`` is the sender's word, ``recorded_at`` ours and never earlier
    than that of the event before.
    """

    seq = models.PositiveBigIntegerField(primary_key=True)
    # Two indexes below begin with it.
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events", db_index=False)
    number = models.PositiveIntegerField()
    type = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=40)
    closed = models.BooleanField()
    agency = models.CharField(max_length=40)
    from_agency = models.CharField(max_length=40, blank=True)
    assignee = models.CharField(max_length=90, blank=True)
    actor = models.CharField(max_length=90)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    data = models.JSONField()
    other = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="cases_caseevent_number")]
        indexes = [
            models.Index(fields=["kind", "seq"], name="cases_caseevent_kind"),
            models.Index(fields=["case", "type"], name="cases_caseevent_type"),
            models.Index(fields=["agency", "seq"], name="cases_caseevent_agency"),
            models.Index(fields=["from_agency", "seq"], condition=~Q(from_agency=""), name="cases_caseevent_left"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.type} #{self.number} of {self.case_id}"


class EventHead(models.Model):
    """The one row that whoever appends events locks: the last ``seq`` and when it was recorded."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.PositiveBigIntegerField(default=0)
    recorded_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"events up to {self.seq}"
