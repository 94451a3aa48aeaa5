"""Maintenance (設施修繕): something in a building is broken; a contractor mends it, and the office accepts the work."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.cases.deadlines.rule import DeadlineRule, Unit
from portal.cases.kinds.declaration import STAFF, Kind, State, Transition
from portal.cases.kinds.fields import REMARK, Choice, Field, FieldType, When
from portal.cases.kinds.rules import PHONE

#: The trades that the half-year report names, in its order, and the rest.
TRADES = (
    Choice("electrical-water", _("Electrical and water")),
    Choice("civil", _("Civil works")),
    Choice("telecom", _("Telecom")),
    Choice("fire-safety", _("Fire safety")),
    Choice("air-conditioning", _("Air conditioning")),
    Choice("lift", _("Lift")),
    Choice("other", pgettext_lazy("a trade", "Other")),
)

BUILDINGS = (
    Choice("siwei", _("Siwei Administration Center")),
    Choice("fengshan", _("Fengshan Administration Center")),
    Choice("other", pgettext_lazy("a building", "Other")),
)

URGENCIES = (
    Choice("danger", _("Danger to people")),
    Choice("urgent", _("Urgent: work is held up")),
    Choice("ordinary", _("Ordinary")),
)

KIND = Kind(
    name="maintenance",
    prefix="MT",
    label=_("Maintenance"),
    fields=(
        Field("trade", FieldType.CHOICE, _("Trade"), required=True, counted=True, choices=TRADES),
        Field("building", FieldType.CHOICE, _("Building"), required=True, counted=True, choices=BUILDINGS),
        Field(
            "place",
            FieldType.TEXT,
            pgettext_lazy("in a building", "Place"),
            _("Floor and room, such as 3F, east wing."),
            required=True,
            max_length=100,
        ),
        Field("urgency", FieldType.CHOICE, _("Urgency"), required=True, counted=True, choices=URGENCIES),
        Field(
            "fault",
            FieldType.TEXT,
            _("What is broken"),
            required=True,
            personal=True,
            multiline=True,
            max_length=2000,
        ),
        Field("reporter_name", FieldType.TEXT, _("Reported by"), personal=True, max_length=100),
        Field(
            "reporter_phone",
            FieldType.TEXT,
            _("Telephone of who reported it"),
            personal=True,
            rule=PHONE,
            max_length=30,
        ),
    ),
    states=(
        State("received", _("Received")),
        State("assigned", _("With the contractor")),
        State("done", _("Done and accepted"), closed=True),
        State("not-needed", _("No repair needed"), closed=True),
    ),
    transitions=(
        Transition(
            "dispatch",
            _("Assign to a contractor"),
            # Again, where the work was not accepted or another contractor takes over.
            ("received", "assigned"),
            "assigned",
            STAFF,
            (
                Field("contractor", FieldType.TEXT, _("Contractor"), required=True, max_length=100),
                Field("visit_on", FieldType.DATE, _("Day of the visit"), when=When.FROM_RECEIPT),
                REMARK,
            ),
        ),
        Transition(
            "accept",
            _("Accept the work"),
            ("received", "assigned"),
            "done",
            STAFF,
            (
                Field("completed_on", FieldType.DATE, _("Completed on"), required=True, when=When.SINCE_RECEIPT),
                Field("cost", FieldType.AMOUNT, _("Cost (TWD)"), minimum=0),
                REMARK,
            ),
        ),
        Transition("drop", _("No repair needed"), ("received", "assigned"), "not-needed", STAFF, (REMARK,)),
    ),
    deadline=DeadlineRule(settings.REPAIR_WORKING_DAYS, Unit.WORKING, _("the department's own standard for repairs")),
    shows_small_counts=True,
    retention_days=365,
)
