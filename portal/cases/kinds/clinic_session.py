"""Sessions of a clinic (駐點諮詢): lawyers and others give advice at the service centre, and visitors are counted."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.cases.kinds.declaration import STAFF, Kind, State, Sum, Transition
from portal.cases.kinds.fields import REMARK, Choice, Field, FieldType

#: ``debt-clinic`` is what the report's own dataset calls it.
SERVICES = (
    Choice("debt-clinic", _("Legal advice on debt clearance")),
    Choice("consumer-law", _("Legal advice for consumers")),
    Choice("other", pgettext_lazy("a clinic", "Other")),
)

KIND = Kind(
    name="clinic-session",
    prefix="CS",
    label=_("Clinic session"),
    fields=(
        Field("service", FieldType.CHOICE, _("Clinic"), required=True, counted=True, choices=SERVICES),
        Field("session_on", FieldType.DATE, _("Day of the session"), required=True),
        Field("place", FieldType.TEXT, pgettext_lazy("in a building", "Place"), required=True, max_length=100),
        Field("partner", FieldType.TEXT, _("Held with"), max_length=100),
    ),
    states=(
        State("planned", _("Planned")),
        State("held", pgettext_lazy("a session", "Held"), closed=True),
        State("cancelled", _("Cancelled"), closed=True),
    ),
    transitions=(
        Transition(
            "hold",
            pgettext_lazy("a session", "Held"),
            ("planned",),
            "held",
            STAFF,
            (
                Field("visitors", FieldType.INTEGER, _("Visitors"), required=True, minimum=0, maximum=10_000),
                REMARK,
            ),
        ),
        Transition("cancel", pgettext_lazy("something planned", "Cancel"), ("planned",), "cancelled", STAFF, (REMARK,)),
    ),
    # The code and the unit are those of the report's own dataset.
    sums=(Sum("attendance", "visitors", _("Attendances"), "person-time"),),
    retention_days=365,
)
