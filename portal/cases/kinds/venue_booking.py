"""Venue bookings (場地借用): a hall or a meeting room of an administration centre, for some hours.

A request keeps the room from the moment that it is received, so that whoever asks first has it; what is refused,
cancelled or withdrawn gives it back at once.
"""

import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.cases.deadlines.rule import DeadlineRule, Unit
from portal.cases.kinds.declaration import EVERYONE, STAFF, Kind, Reserves, State, Transition
from portal.cases.kinds.fields import MESSAGE, Choice, Field, FieldType, When
from portal.cases.kinds.rules import EMAIL, PHONE

#: What uses are counted as: the codes of the dataset of room uses.
FACILITIES = (
    Choice("venues", _("Event venue")),
    Choice("meeting-rooms", _("Meeting room or similar place")),
)

#: For what the centres are lent, in the words of the half-year report.
PURPOSES = (
    Choice("meeting", pgettext_lazy("use of a room", "Meeting")),
    Choice("public-information", _("Public information event")),
    Choice("city-marketing", _("Promotion of the city")),
    Choice("academic", _("Academic or educational event")),
    Choice("social-education", _("Social education")),
    Choice("talk", pgettext_lazy("use of a room", "Talk")),
    Choice("exhibition", pgettext_lazy("use of a room", "Exhibition")),
    Choice("performance", pgettext_lazy("use of a room", "Performance")),
    Choice("other", _("Another purpose")),
)

AUDIENCES = (
    Choice("public", _("Open to the public")),
    Choice("invited", _("A meeting of those invited")),
)

GROUNDS = (
    Choice("purpose", _("Not a purpose for which the place is lent")),
    Choice("incomplete", _("Not completed in time")),
    Choice("own-use", _("Needed by the City Government itself")),
    Choice("works", _("Repairs or works")),
    Choice("emergency", _("Disaster or epidemic")),
    Choice("other", _("Another ground")),
)

_GROUND = Field("ground", FieldType.CHOICE, _("Ground"), required=True, choices=GROUNDS)

_VENUE = Field("venue", FieldType.RESOURCE, pgettext_lazy("to be booked", "Venue"), required=True, takes="venue")
_STARTS_AT = Field("starts_at", FieldType.DATETIME, _("Begins at"), required=True, when=When.FROM_RECEIPT)
_ENDS_AT = Field(
    "ends_at", FieldType.DATETIME, _("Ends at"), _("Setting up and clearing away included."), required=True
)

KIND = Kind(
    name="venue-booking",
    prefix="VB",
    label=_("Venue booking"),
    fields=(
        _VENUE,
        _STARTS_AT,
        _ENDS_AT,
        Field("purpose", FieldType.CHOICE, pgettext_lazy("of a booking", "Purpose"), required=True, choices=PURPOSES),
        Field("audience", FieldType.CHOICE, _("For whom it is"), required=True, counted=True, choices=AUDIENCES),
        Field("attendees", FieldType.INTEGER, _("Number of people"), minimum=1, maximum=100_000),
        Field(
            "organiser",
            FieldType.TEXT,
            _("Organiser"),
            _("The agency, association or company; a person who organises it alone writes their own name."),
            required=True,
            personal=True,
            max_length=100,
        ),
        Field("contact_name", FieldType.TEXT, _("Person to contact"), required=True, personal=True, max_length=100),
        Field("contact_phone", FieldType.TEXT, _("Telephone"), personal=True, rule=PHONE, max_length=30),
        Field("contact_email", FieldType.TEXT, _("E-mail"), personal=True, rule=EMAIL, max_length=254),
        Field("event", FieldType.TEXT, _("What takes place"), personal=True, multiline=True, max_length=2000),
    ),
    at_least_one=(("contact_phone", "contact_email"),),
    deadline=DeadlineRule(7, Unit.WORKING, _("The department's own time limit for venue bookings")),
    reserves=Reserves(
        resource="venue",
        starts_at="starts_at",
        ends_at="ends_at",
        while_in=frozenset({"requested", "confirmed", "used"}),
        longest=datetime.timedelta(days=14),
        ahead=datetime.timedelta(days=365),
        counted_as=Field("facility", FieldType.CHOICE, _("Facility"), counted=True, choices=FACILITIES),
    ),
    states=(
        State("requested", pgettext_lazy("state of a booking", "Requested")),
        # Nothing is left for the office to do until the room has been used.
        State("confirmed", pgettext_lazy("state of a booking", "Confirmed"), waits=True),
        State("used", pgettext_lazy("state of a booking", "Used"), closed=True),
        State("refused", pgettext_lazy("state of a booking", "Refused"), closed=True),
        State("cancelled", pgettext_lazy("state of a booking", "Cancelled"), closed=True),
        State("withdrawn", pgettext_lazy("state of a booking", "Withdrawn"), closed=True),
    ),
    transitions=(
        Transition(
            "confirm",
            pgettext_lazy("a booking", "Confirm"),
            ("requested",),
            "confirmed",
            STAFF,
            (MESSAGE,),
            informs=True,
        ),
        Transition(
            "move",
            pgettext_lazy("a booking", "Confirm for another time or place"),
            ("requested", "confirmed"),
            "confirmed",
            STAFF,
            (_VENUE, _STARTS_AT, _ENDS_AT, MESSAGE),
            informs=True,
        ),
        Transition(
            "refuse",
            pgettext_lazy("a booking", "Refuse"),
            ("requested",),
            "refused",
            STAFF,
            (_GROUND, MESSAGE),
            informs=True,
        ),
        Transition(
            "cancel",
            pgettext_lazy("a booking", "Cancel the booking"),
            ("confirmed",),
            "cancelled",
            STAFF,
            (_GROUND, MESSAGE),
            informs=True,
        ),
        Transition(
            "use",
            pgettext_lazy("a booking", "Used as booked"),
            ("confirmed",),
            "used",
            STAFF,
        ),
        Transition(
            "withdraw",
            pgettext_lazy("a booking", "Withdraw"),
            ("requested", "confirmed"),
            "withdrawn",
            EVERYONE,
            (MESSAGE,),
            informs=True,
        ),
    ),
    retention_days=365,
)
