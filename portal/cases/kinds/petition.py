"""Petitions (人民陳情案件), as chapter 7 of the Administrative Procedure Act has them.

Art. 168: what they are about. Art. 170: an agency deals with them promptly, and does not disclose one that has to be
kept confidential. Art. 171: it may ask for what is not clear. Art. 172: where another agency is in charge it hands the
petition over and tells the petitioner. Art. 173: which ones need not be dealt with. The Directions for the Executive
Yuan and its subordinate agencies (行政院及所屬各機關處理人民陳情案件要點) let no time limit be longer than thirty days;
an agency that needs more tells the petitioner why. `PETITION_DAYS` is the limit here.
"""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.cases.deadlines.rule import DeadlineRule, Unit
from portal.cases.kinds.declaration import EVERYONE, STAFF, Extends, Kind, State, Transition
from portal.cases.kinds.fields import ADDITION, CONFIDENTIAL, MESSAGE, MISSING, Choice, Field, FieldType
from portal.cases.kinds.rules import EMAIL, PHONE

CHANNELS = (
    Choice("online", _("Online")),
    Choice("counter", _("At the counter")),
    Choice("telephone", _("By telephone")),
    Choice("post", _("By post")),
    Choice("fax", _("By fax")),
    Choice("referred", _("Referred by another agency")),
)

#: Art. 168.
CONCERNS = (
    Choice("suggestion", _("A suggestion on what the administration does")),
    Choice("inquiry", _("A question on laws and regulations")),
    Choice("wrong", _("A report of something that the administration does wrong")),
    Choice("rights", _("One's own rights and interests")),
)

#: Art. 173, and that a petition was brought to several agencies.
GROUNDS = (
    Choice("nothing-definite", _("Nothing definite, or no true name or address")),
    Choice("answered-before", _("The same matter, dealt with and answered before")),
    Choice("elsewhere-too", _("Brought to the agency in charge as well")),
)

REASONS_FOR_MORE_TIME = (
    Choice("investigation", _("It has to be investigated, or looked at on the spot")),
    Choice("other-agencies", _("Other agencies have to be heard")),
    Choice("complex", _("The matter is complex")),
)

#: More time is given in pieces no longer than a time limit may be.
MOST_DAYS = 30

FIELDS = (
    Field("concern", FieldType.CHOICE, _("What it is about"), required=True, counted=True, choices=CONCERNS),
    Field("channel", FieldType.CHOICE, _("Received by"), required=True, counted=True, choices=CHANNELS),
    Field(
        "petitioner_name",
        FieldType.TEXT,
        pgettext_lazy("of a person", "Name"),
        required=True,
        personal=True,
        identify=True,
        max_length=100,
    ),
    Field("petitioner_phone", FieldType.TEXT, _("Telephone"), personal=True, identify=True, rule=PHONE, max_length=30),
    Field("petitioner_email", FieldType.TEXT, _("E-mail"), personal=True, identify=True, rule=EMAIL, max_length=254),
    Field("subject", FieldType.TEXT, _("Subject"), required=True, personal=True, max_length=100),
    Field(
        "text",
        FieldType.TEXT,
        _("Text of the petition"),
        _("Do not write identity card or account numbers here."),
        required=True,
        personal=True,
        multiline=True,
        max_length=4000,
    ),
    Field(
        CONFIDENTIAL,
        FieldType.BOOLEAN,
        _("Keep it confidential"),
        _("Then only those who deal with it can see it, and your name is masked wherever else it is passed on."),
    ),
)

_AT_WORK = ("received", "in-progress")

KIND = Kind(
    name="petition",
    prefix="PT",
    label=_("Petition"),
    fields=FIELDS,
    at_least_one=(("petitioner_phone", "petitioner_email"),),
    states=(
        State("received", _("Received")),
        State("supplement", _("Waiting for the citizen to complete it"), waits=True),
        State("in-progress", _("Being dealt with")),
        State("replied", _("Replied to"), closed=True),
        State("not-handled", _("Not dealt with"), closed=True),
        State("withdrawn", _("Withdrawn"), closed=True),
    ),
    transitions=(
        Transition(
            "request-supplement",
            _("Ask the citizen to complete it"),
            _AT_WORK,
            "supplement",
            STAFF,
            (MISSING,),
            informs=True,
        ),
        Transition("supplement", _("Completed"), ("supplement",), "received", EVERYONE, (ADDITION,)),
        Transition("take-up", _("Take it up"), ("received",), "in-progress", STAFF, (MESSAGE,), informs=True),
        Transition(
            "hand-over",
            _("Handed to the agency in charge"),
            _AT_WORK,
            "received",
            STAFF,
            (
                Field("to_agency", FieldType.AGENCY, _("Agency in charge (code)"), required=True),
                Field(
                    "agency_name",
                    FieldType.TEXT,
                    _("Agency in charge"),
                    _("Its name, as the citizen knows it."),
                    required=True,
                    max_length=100,
                ),
                MESSAGE,
            ),
            informs=True,
        ),
        Transition(
            "extend",
            _("Time limit extended"),
            _AT_WORK,
            "in-progress",
            STAFF,
            (
                Field("more_days", FieldType.INTEGER, _("Days more"), required=True, minimum=1, maximum=MOST_DAYS),
                Field(
                    "more_time_for",
                    FieldType.CHOICE,
                    _("Why more time is needed"),
                    required=True,
                    choices=REASONS_FOR_MORE_TIME,
                ),
                MESSAGE,
            ),
            informs=True,
            extends=Extends("more_days", "more_time_for"),
        ),
        Transition(
            "reply",
            _("Reply to the petitioner"),
            _AT_WORK,
            "replied",
            STAFF,
            (
                Field(
                    "reply", FieldType.TEXT, _("Reply"), required=True, personal=True, multiline=True, max_length=8000
                ),
            ),
            informs=True,
        ),
        Transition(
            "decline",
            _("Not dealt with"),
            (*_AT_WORK, "supplement"),
            "not-handled",
            STAFF,
            (Field("ground", FieldType.CHOICE, _("Ground"), required=True, choices=GROUNDS), MESSAGE),
            informs=True,
        ),
        Transition(
            "withdraw", _("Withdraw"), (*_AT_WORK, "supplement"), "withdrawn", EVERYONE, (MESSAGE,), informs=True
        ),
    ),
    deadline=DeadlineRule(
        settings.PETITION_DAYS,
        Unit.CALENDAR,
        _("the Directions for the Executive Yuan and its subordinate agencies on dealing with people's petitions"),
    ),
    retention_days=5 * 365,
)
