"""The block of a dataset's chart."""

from collections.abc import Sequence
from typing import Any

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.base import BilingualBlock, CodeBlock
from cms.blocks.lists import CODE
from portal.publication.codelists import choices

_CODES = RegexValidator(
    r"^\s*[a-z0-9]+(-[a-z0-9]+)*(\s*[,、，\s]\s*[a-z0-9]+(-[a-z0-9]+)*)*\s*$",
    _("Codes of lower-case letters, digits and hyphens, separated by commas."),
)


class CodesBlock(blocks.CharBlock):
    """Several codes in one line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validators=[_CODES], **kwargs)

    def to_document(self, value: str | None, context: Any) -> list[str]:
        return (value or "").translate(dict.fromkeys(map(ord, ",、，"), " ")).split()

    def from_document(self, data: Sequence[str] | None, context: Any) -> str:
        return ", ".join(data or ())


class ChartFilterBlock(blocks.StructBlock):
    """A dimension, and those of its codes that a chart draws."""

    dimension = blocks.CharBlock(label=_("Dimension"), validators=[CODE])
    codes = CodesBlock(label=_("Codes"))

    class Meta:
        form_classname = "struct-block chart-filter"
        icon = "list-ul"
        label = _("Filter")


class ChartBlock(blocks.StructBlock):
    """A picture of a dataset's own columns, with its words."""

    title = BilingualBlock(label=_("Title"))
    description = BilingualBlock(
        label=_("In words"),
        sentence=True,
        help_text=_("What the chart shows, with its figures: for those who do not see it."),
    )
    mark = CodeBlock(label=_("Mark"), choices=choices("dataset.mark"), default="bar")
    measures = CodesBlock(
        label=_("Measures"), help_text=_("Codes of measures that are counted in the same unit, separated by commas.")
    )
    x = blocks.CharBlock(
        label=_("Horizontal axis"),
        validators=[CODE],
        default="value",
        help_text=_("One axis is value; the other is period, measure, or the code of a dimension."),
    )
    y = blocks.CharBlock(label=_("Vertical axis"), validators=[CODE])
    colour = blocks.CharBlock(
        label=_("Colour"),
        required=False,
        validators=[CODE],
        help_text=_("Only where another column is to be told apart: period, measure, or the code of a dimension."),
    )
    filters = blocks.ListBlock(
        ChartFilterBlock(),
        label=_("Filters"),
        default=[],
        help_text=_(
            "The codes to draw. A dimension that neither an axis nor the colour shows is fixed to one code. Where "
            "neither shows the period, the latest one is drawn."
        ),
    )
    sort = CodeBlock(label=_("Order"), choices=choices("dataset.sort"), default="declared")
    stacked = blocks.BooleanBlock(label=_("Bars of several colours stand on each other"), required=False)

    class Meta:
        icon = "view"
        label = _("Chart")
        form_classname = "struct-block chart"
