"""What the API of case modules is measured beside: the same rows by Django REST framework as it comes."""

from typing import Any, ClassVar

from django.db import models
from oauth2_provider.contrib.rest_framework import OAuth2Authentication, TokenHasScope
from rest_framework import generics, pagination, serializers
from rest_framework.parsers import JSONParser
from rest_framework.renderers import JSONRenderer

from portal.cases.models import Case, CaseEvent


class PlainEvent(models.Model):
    """An event in a table without triggers, of which nothing else is told."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    type = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=40)
    closed = models.BooleanField()
    agency = models.CharField(max_length=40)
    assignee = models.CharField(max_length=90, blank=True)
    actor = models.CharField(max_length=90)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    data = models.JSONField()

    class Meta:
        app_label = "bench"
        managed = False
        indexes = [
            models.Index(fields=["kind", "id"], name="bench_event_kind"),
            models.Index(fields=["agency", "id"], name="bench_event_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.type} of {self.case_id}"


class PlainEventSerializer(serializers.ModelSerializer):
    """All of an event is sent; the case is named by its reference."""

    case = serializers.SlugRelatedField(slug_field="reference", queryset=Case.objects.all())

    class Meta:
        model = PlainEvent
        fields = "__all__"


class EventSerializer(serializers.ModelSerializer):
    """What the feed tells of an event, what is personal left out."""

    reference = serializers.SlugRelatedField(slug_field="reference", source="case", read_only=True)
    other = serializers.SlugRelatedField(slug_field="reference", read_only=True)
    values = serializers.JSONField(source="data")

    class Meta:
        model = CaseEvent
        fields: ClassVar[list[str]] = [
            "reference",
            "kind",
            "seq",
            "number",
            "type",
            "state",
            "closed",
            "agency",
            "from_agency",
            "assignee",
            "actor",
            "occurred_at",
            "recorded_at",
            "values",
            "other",
        ]


class _Pages(pagination.CursorPagination):
    page_size = 1000
    ordering = "seq"


class _Plain:
    """The token is looked at as django-oauth-toolkit does it."""

    authentication_classes: ClassVar[list[Any]] = [OAuth2Authentication]
    permission_classes: ClassVar[list[Any]] = [TokenHasScope]
    renderer_classes: ClassVar[list[Any]] = [JSONRenderer]
    parser_classes: ClassVar[list[Any]] = [JSONParser]


class PlainInsert(_Plain, generics.CreateAPIView):
    """One row for one request: no idempotency, no history, no audit."""

    required_scopes: ClassVar[list[str]] = ["cases:consumer-complaint:write"]
    serializer_class = PlainEventSerializer


class PlainList(_Plain, generics.ListAPIView):
    """A thousand events by a ModelSerializer."""

    required_scopes: ClassVar[list[str]] = ["cases:consumer-complaint:read"]
    serializer_class = EventSerializer
    pagination_class = _Pages
    queryset = CaseEvent.objects.select_related("case", "other")
