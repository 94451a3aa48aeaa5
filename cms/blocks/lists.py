"""Blocks of the lists that records carry: texts, people, quantities, objects, works items, links, sources, code lists
of datasets.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.functional import lazy
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.base import BilingualBlock, CodeBlock, document_of, raw_of
from portal.core import languages
from portal.core.languages import CHINESE
from portal.publication.codelists import choices
from portal.statistics.units import UNITS, unit_label

_DECIMAL = RegexValidator(
    r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$", _("A number in digits, without separators, such as 10800 or 27.55.")
)
_ADDRESS = RegexValidator(
    r"^(https?://|mailto:|tel:|/(?!/))\S*$",
    _("An address of this site, such as /visits/, or one that begins with https://."),
)
_SERIES = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*(\.([a-z0-9]+(-[a-z0-9]+)*|\*))*$",
    _("A measure and a code for each dimension, joined by dots, such as headcount.workers.total."),
)
_TOLERANCE = RegexValidator(
    r"^(0|[1-9][0-9]{0,17})(\.[0-9]{1,10})?$", _("A number in digits, without a sign, such as 0.1.")
)
_DOCUMENT = RegexValidator(r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$", _("Letters, digits and hyphens only."))
#: What a code of a dimension, a measure or their values is made of.
CODE = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Lower-case letters, digits and hyphens only."))


_unit_name = lazy(lambda code: unit_label(code, languages.tag(get_language() or CHINESE)), str)


def unit_choices() -> list[tuple[str, str]]:
    """The units of measure, named in the editor's language."""
    return [(code, _unit_name(code)) for code in UNITS]


class PersonBlock(blocks.StructBlock):
    """A person and the part they had. The Latin name is given only where it is known how the person writes it."""

    role = CodeBlock(label=_("Role"), choices=choices("*.role"))
    name = BilingualBlock(label=pgettext_lazy("of a person", "Name"))
    title = BilingualBlock(label=pgettext_lazy("of a person", "Title"), required=False)
    affiliation = BilingualBlock(label=_("Affiliation"), required=False)
    name_status = CodeBlock(label=_("Latin name"), choices=choices("*.name_status"), default="unverified")

    class Meta:
        icon = "user"
        label = _("Person")


class QuantityBlock(blocks.StructBlock):
    """A counted or measured thing: number as written (scale kept), unit, status."""

    label = BilingualBlock(label=_("What is counted"))
    value = blocks.CharBlock(label=_("Number"), validators=[_DECIMAL])
    unit = CodeBlock(label=_("Unit"), choices=unit_choices())
    status = CodeBlock(label=_("Status"), choices=choices("*.status"), default="normal")
    note = BilingualBlock(label=_("Note"), required=False, sentence=True)

    class Meta:
        icon = "order"
        label = _("Quantity")


class OptionalQuantityBlock(QuantityBlock):
    """A quantity that may be left out altogether."""

    label = BilingualBlock(label=_("What is counted"), required=False)
    value = blocks.CharBlock(label=_("Number"), validators=[_DECIMAL], required=False)
    unit = CodeBlock(label=_("Unit"), choices=unit_choices(), required=False)

    def to_document(self, value: Any, context: Any) -> dict[str, Any] | None:
        if not value or not value["value"]:
            return None
        return {name: document_of(child, value.get(name), context) for name, child in self.child_blocks.items()}


class ObjectBlock(blocks.StructBlock):
    """An object shown in an exhibit."""

    name = BilingualBlock(label=_("Object"))
    note = BilingualBlock(label=_("Note"), required=False, sentence=True)

    class Meta:
        icon = "pick"
        label = _("Object")


class WorksItemBlock(blocks.StructBlock):
    """A part of a works project."""

    name = BilingualBlock(label=_("Item"))
    quantity = OptionalQuantityBlock(label=_("Quantity"))

    class Meta:
        icon = "cogs"
        label = _("Item")


class LinkBlock(blocks.StructBlock):
    """A link of the site's frame: to a record, or to an address."""

    label = BilingualBlock(label=_("Label"))
    record = blocks.PageChooserBlock(label=_("Record"), required=False)
    address = blocks.CharBlock(
        label=_("Address"),
        required=False,
        validators=[_ADDRESS],
        help_text=_("Only where the link leads to no record: /visits/ or https://…"),
    )

    def to_document(self, value: Any, context: Any) -> dict[str, Any] | None:
        if not value or not value["label"] or not value["label"]["zh_hant"]:
            return None
        record = value["record"]
        label = document_of(self.child_blocks["label"], value["label"], context)
        return {"label": label, "uid": context.uid(record.pk) if record else None, "address": value["address"] or None}

    def from_document(self, data: Any, context: Any) -> dict[str, Any]:
        data = data or {}
        label = self.child_blocks["label"].from_document(data.get("label"), context)
        return {"label": label, "record": context.page(data.get("uid")), "address": data.get("address") or ""}

    class Meta:
        icon = "link"
        label = _("Link")


class SourceBlock(blocks.StructBlock):
    """A proof: the words of a document, and the members of the record that they prove."""

    proves = blocks.ListBlock(
        blocks.CharBlock(label=_("Member")),
        label=_("Proves"),
        help_text=_("Members of the record, such as dates, title, people/0, body/<block>, observations/<key>."),
    )
    document = blocks.CharBlock(label=_("Document"), validators=[_DOCUMENT], default="report-2022H1")
    section = blocks.CharBlock(label=pgettext_lazy("of a document", "Section"))
    quote = blocks.TextBlock(label=_("The document's own words"), rows=2)
    occurrence = blocks.IntegerBlock(
        label=_("Occurrence"), required=False, min_value=1, help_text=_("Where the same words stand more than once.")
    )
    doubt = BilingualBlock(label=_("Doubt"), required=False, sentence=True)

    class Meta:
        icon = "openquote"
        label = _("Source")


class CodeListEntryBlock(blocks.StructBlock):
    """One code of a dimension."""

    code = blocks.CharBlock(label=pgettext_lazy("of a code list", "Code"), validators=[CODE])
    label = BilingualBlock(label=_("Label"))

    class Meta:
        label = pgettext_lazy("of a code list", "Code")


class DimensionBlock(blocks.StructBlock):
    """A dimension of a dataset and its code list."""

    code = blocks.CharBlock(label=pgettext_lazy("of a code list", "Code"), validators=[CODE])
    label = BilingualBlock(label=_("Label"))
    codes = blocks.ListBlock(CodeListEntryBlock(), label=_("Codes"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("Dimension")


class MeasureBlock(blocks.StructBlock):
    """What a dataset counts, and in which unit."""

    code = blocks.CharBlock(label=pgettext_lazy("of a code list", "Code"), validators=[CODE])
    label = BilingualBlock(label=_("Label"))
    unit = CodeBlock(label=_("Unit"), choices=unit_choices())

    class Meta:
        icon = "order"
        label = _("Measure")


#: The members of a check that only some kinds use.
CHECK_MEMBERS: dict[str, tuple[str, ...]] = {
    "terms": ("sum", "difference", "rate", "agreement"),
    "dataset": ("agreement",),
    "rounding": ("rate",),
    "direction": ("monotony",),
    "tolerance": ("sum", "difference", "rate", "agreement"),
}


class CheckBlock(blocks.StructBlock):
    """What has to hold between the figures of a dataset."""

    kind = CodeBlock(label=_("Kind"), choices=choices("dataset.check_kind"), default="sum")
    result = blocks.CharBlock(
        label=_("Result"),
        validators=[_SERIES],
        help_text=_("A series: measure and codes joined by dots, without the period. * stands for every code."),
    )
    terms = blocks.ListBlock(
        blocks.CharBlock(label=_("Term"), validators=[_SERIES]),
        label=_("Terms"),
        default=[],
        help_text=_(
            "Sum: all that is added. Difference: first what the others are taken from. Rate: first what is "
            "divided, then by what."
        ),
    )
    dataset = blocks.PageChooserBlock(
        label=_("Other dataset"),
        required=False,
        target_model="cms.DatasetPage",
        help_text=_("Agreement only: the dataset that the terms belong to."),
    )
    rounding = CodeBlock(label=_("Rounding"), choices=choices("dataset.rounding"), default="half-up")
    direction = CodeBlock(label=_("Direction"), choices=choices("dataset.direction"), default="not-falling")
    tolerance = blocks.CharBlock(
        label=_("Tolerance"),
        required=False,
        validators=[_TOLERANCE],
        help_text=_("How far the result may be off, where its parts are rounded."),
    )
    explanation = BilingualBlock(
        label=_("Public explanation"),
        required=False,
        sentence=True,
        help_text=_("Only where the source's own figures do not add up: readers see it beside the check."),
    )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["kind"] == "agreement" and not cleaned["dataset"]:
            problem = ValidationError(_("Choose the dataset that the figures have to agree with."), code="required")
            raise blocks.StructBlockValidationError({"dataset": problem})
        return cleaned

    def to_document(self, value: Any, context: Any) -> dict[str, Any] | None:
        kind = value["kind"]
        members = {
            name: document_of(child, value.get(name), context)
            for name, child in self.child_blocks.items()
            if name != "dataset"
        }
        members["dataset"] = context.uid(value["dataset"].pk) if value["dataset"] else None
        for name, kinds in CHECK_MEMBERS.items():
            if kind not in kinds:
                members[name] = [] if name == "terms" else None
        # Of a dataset that is gone nothing can be said.
        return None if kind == "agreement" and members["dataset"] is None else members

    def from_document(self, data: Any, context: Any) -> dict[str, Any]:
        raw = {name: raw_of(child, data.get(name), context) for name, child in self.child_blocks.items()}
        return raw | {"dataset": context.page(data.get("dataset"))}

    class Meta:
        icon = "tick-inverse"
        label = _("Check")
        form_classname = "struct-block check"
