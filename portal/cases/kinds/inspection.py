"""Inspections (消費查察): rounds in which shops are visited with the authorities in charge, and what came of it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.cases.kinds.declaration import STAFF, Kind, State, Sum, Transition
from portal.cases.kinds.fields import REMARK, Choice, Field, FieldType

SUBJECTS = (
    Choice("standard-form-contract", _("Standard-form contracts")),
    Choice("food", _("Safety of food")),
    Choice("water", _("Quality of water")),
    Choice("prices", _("Prices")),
    Choice("goods", _("Safety and labels of goods")),
    Choice("premises", _("Safety of premises")),
    Choice("other", pgettext_lazy("a subject", "Other")),
)
_CARRIED_OUT = (
    Field("inspected_on", FieldType.DATE, _("Carried out on"), required=True),
    Field("rounds", FieldType.INTEGER, _("Rounds"), required=True, minimum=1, maximum=1000),
    Field("shops", FieldType.INTEGER, _("Shops visited"), required=True, minimum=1, maximum=100_000),
)

KIND = Kind(
    name="inspection",
    prefix="NS",
    label=_("Inspection"),
    fields=(
        Field("subject", FieldType.CHOICE, _("Subject"), required=True, counted=True, choices=SUBJECTS),
        Field(
            "item",
            FieldType.TEXT,
            _("What is inspected"),
            _("Such as contracts for household gas."),
            required=True,
            max_length=100,
        ),
        Field("planned_on", FieldType.DATE, _("Planned for")),
        Field("partners", FieldType.TEXT, _("Agencies that take part")),
    ),
    states=(
        State("planned", _("Planned")),
        State("conforming", _("No violation found"), closed=True),
        State("violations", _("Violations found"), closed=True),
        State("cancelled", _("Cancelled"), closed=True),
    ),
    transitions=(
        Transition("conform", _("No violation found"), ("planned",), "conforming", STAFF, (*_CARRIED_OUT, REMARK)),
        Transition(
            "find-violations",
            _("Violations found"),
            ("planned",),
            "violations",
            STAFF,
            (
                *_CARRIED_OUT,
                Field(
                    "shops_in_violation",
                    FieldType.INTEGER,
                    _("Shops in violation"),
                    required=True,
                    minimum=1,
                    maximum=100_000,
                ),
                REMARK,
            ),
        ),
        Transition("cancel", pgettext_lazy("something planned", "Cancel"), ("planned",), "cancelled", STAFF, (REMARK,)),
    ),
    # The codes and units are those of the report's own dataset.
    sums=(
        Sum("inspections", "rounds", _("Inspections"), "inspection"),
        Sum("businesses", "shops", _("Businesses inspected"), "business"),
        Sum("businesses-in-violation", "shops_in_violation", _("Businesses in violation"), "business"),
    ),
    shows_small_counts=True,
    retention_days=365,
)
