"""Consultations (消費諮詢): a question asked at the counter, by telephone or online, and mostly answered at once."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.cases.kinds.consumer_complaint import CATEGORIES
from portal.cases.kinds.declaration import STAFF, Kind, State, Transition
from portal.cases.kinds.fields import Choice, Field, FieldType

CHANNELS = (
    Choice("counter", _("At the counter")),
    Choice("telephone", _("By telephone")),
    Choice("online", _("Online")),
)

KIND = Kind(
    name="consultation",
    prefix="CN",
    label=_("Consultation"),
    fields=(
        Field("channel", FieldType.CHOICE, _("Received by"), required=True, counted=True, choices=CHANNELS),
        Field("subject", FieldType.CHOICE, _("Subject"), required=True, counted=True, choices=CATEGORIES),
        Field("name", FieldType.TEXT, pgettext_lazy("of a person", "Name"), personal=True, max_length=100),
        Field("question", FieldType.TEXT, _("Question"), personal=True, multiline=True, max_length=4000),
    ),
    states=(
        State("received", _("Received")),
        State("answered", _("Answered"), closed=True),
        State("became-complaint", _("Became a complaint"), closed=True),
    ),
    transitions=(
        Transition(
            "answer",
            _("Answer"),
            ("received",),
            "answered",
            STAFF,
            (Field("answer", FieldType.TEXT, _("Answer"), personal=True, multiline=True, max_length=4000),),
            informs=True,
        ),
        Transition(
            "complain",
            _("Continue as a complaint"),
            ("received",),
            "became-complaint",
            STAFF,
            (Field("complaint", FieldType.CASE, _("Reference number of the complaint"), required=True),),
        ),
    ),
    retention_days=365,
)
