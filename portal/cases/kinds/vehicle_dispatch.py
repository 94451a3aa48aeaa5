"""Vehicle dispatch (派車): official vehicles are requested online or on paper, and dispatched centrally.

A request names no vehicle: reason, distance and passengers are weighed, and the dispatcher chooses one, which is kept
from then on. It can be exchanged for another.
"""

import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.cases.kinds.declaration import STAFF, Kind, Reserves, State, Transition
from portal.cases.kinds.fields import Choice, Field, FieldType, When

CHANNELS = (Choice("online", _("Online")), Choice("paper", _("On paper")))

#: Who uses the vehicle: the code of the dataset of trips, beside the department itself.
USERS = (
    Choice("department", _("The department itself")),
    Choice("other-agencies", _("Lent to another agency")),
)

REASONS = (
    Choice("meeting", _("Meeting or visit")),
    Choice("inspection", _("Inspection on the spot")),
    Choice("reception", _("Receiving guests")),
    Choice("transport", _("Carrying goods or documents")),
    Choice("emergency", _("Disaster or emergency")),
    Choice("other", _("Another reason")),
)

GROUNDS = (
    Choice("no-vehicle", _("No vehicle is free")),
    Choice("public-transport", _("Public transport will do")),
    Choice("not-official", _("Not official business")),
    Choice("breakdown", _("The vehicle has broken down")),
    Choice("not-needed", _("No longer needed")),
    Choice("other", _("Another ground")),
)

_VEHICLE = Field("vehicle", FieldType.RESOURCE, pgettext_lazy("dispatched", "Vehicle"), required=True, takes="vehicle")
_GROUND = Field("ground", FieldType.CHOICE, _("Ground"), required=True, choices=GROUNDS)
_NOTE = Field("note", FieldType.TEXT, _("Message to the user"), personal=True, multiline=True, max_length=1000)

KIND = Kind(
    name="vehicle-dispatch",
    prefix="VD",
    label=_("Vehicle dispatch"),
    fields=(
        Field("user", FieldType.CHOICE, _("Who uses it"), required=True, counted=True, choices=USERS),
        Field(
            "channel",
            FieldType.CHOICE,
            pgettext_lazy("a vehicle", "Requested by"),
            required=True,
            counted=True,
            choices=CHANNELS,
        ),
        Field(
            "agency_name",
            FieldType.TEXT,
            _("Agency or section"),
            _("Which agency borrows the vehicle, or which section needs it."),
            required=True,
            max_length=100,
        ),
        Field("starts_at", FieldType.DATETIME, _("Leaves at"), required=True, when=When.FROM_RECEIPT),
        Field("ends_at", FieldType.DATETIME, _("Back at"), required=True),
        Field("purpose", FieldType.CHOICE, _("Reason for the trip"), required=True, choices=REASONS),
        Field("destination", FieldType.TEXT, _("Destination"), required=True, personal=True, max_length=200),
        Field(
            "distance_km", FieldType.INTEGER, _("Distance, there and back (km)"), required=True, minimum=1, maximum=2000
        ),
        Field("passengers", FieldType.INTEGER, _("Passengers"), required=True, minimum=1, maximum=60),
        Field("requester", FieldType.TEXT, _("Requested by (name)"), required=True, personal=True, max_length=100),
        Field("details", FieldType.TEXT, _("Details"), personal=True, multiline=True, max_length=1000),
    ),
    reserves=Reserves(
        resource="vehicle",
        starts_at="starts_at",
        ends_at="ends_at",
        while_in=frozenset({"dispatched", "returned"}),
        longest=datetime.timedelta(days=31),
        ahead=datetime.timedelta(days=365),
    ),
    states=(
        State("requested", pgettext_lazy("state of a vehicle request", "Requested")),
        State("dispatched", pgettext_lazy("state of a vehicle request", "Dispatched")),
        State("returned", pgettext_lazy("state of a vehicle request", "Returned"), closed=True),
        State("refused", pgettext_lazy("state of a vehicle request", "Refused"), closed=True),
        State("cancelled", pgettext_lazy("state of a vehicle request", "Cancelled"), closed=True),
    ),
    transitions=(
        Transition(
            "dispatch",
            pgettext_lazy("a vehicle", "Dispatch"),
            ("requested",),
            "dispatched",
            STAFF,
            (_VEHICLE, _NOTE),
            informs=True,
        ),
        Transition(
            "exchange",
            pgettext_lazy("a vehicle", "Exchange the vehicle"),
            ("dispatched",),
            "dispatched",
            STAFF,
            (_VEHICLE, _NOTE),
            informs=True,
        ),
        Transition(
            "return",
            pgettext_lazy("a vehicle", "Returned"),
            ("dispatched",),
            "returned",
            STAFF,
            (Field("driven_km", FieldType.INTEGER, _("Kilometres driven"), minimum=0, maximum=10_000),),
        ),
        Transition(
            "refuse",
            pgettext_lazy("a vehicle request", "Refuse"),
            ("requested",),
            "refused",
            STAFF,
            (_GROUND, _NOTE),
            informs=True,
        ),
        Transition(
            "cancel",
            pgettext_lazy("a vehicle request", "Cancel the request"),
            ("requested", "dispatched"),
            "cancelled",
            STAFF,
            (_GROUND, _NOTE),
            informs=True,
        ),
    ),
    retention_days=365,
)
