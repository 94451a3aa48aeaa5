"""The panels that every record's form has: Chinese and English side by side, then what a record is made of, then its
proofs.
"""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    Panel,
    PublishingPanel,
    TabbedInterface,
)


def both(name: str, heading: str = "") -> FieldRowPanel:
    """A translated field in both languages, side by side."""
    return FieldRowPanel([FieldPanel(f"{name}_zh_hant"), FieldPanel(f"{name}_en")], heading=heading)


DATES = MultiFieldPanel(
    [
        FieldRowPanel([FieldPanel("date_start"), FieldPanel("date_end")]),
        FieldRowPanel([FieldPanel("date_precision"), FieldPanel("date_ongoing")]),
    ],
    heading=_("Dates"),
)
CITIES = InlinePanel("city_links", [PageChooserPanel("city", "cms.CityPage")], heading=_("Cities"), label=_("City"))


def handler(own: Sequence[Panel], *, relations: bool = True) -> TabbedInterface:
    """The tabs of a record's form; ``own`` are the panels of the type's own members."""
    content = [
        MultiFieldPanel([both("headline"), both("summary")], heading=_("Title and summary")),
        *own,
        FieldPanel("body"),
    ]
    links = [
        InlinePanel("related_links", [PageChooserPanel("target")], heading=_("Related records"), label=_("Record")),
        FieldPanel("topics"),
    ]
    tabs = [
        ObjectList(content, heading=_("Content")),
        ObjectList([FieldPanel("media")], heading=_("Pictures")),
        ObjectList(([CITIES] if relations else []) + links, heading=_("Relations")),
        ObjectList([FieldPanel("source")], heading=_("Sources")),
        ObjectList(
            [
                FieldPanel("slug"),
                MultiFieldPanel(
                    [FieldPanel("english_reviewed"), FieldPanel("english_by_machine")], heading=_("Translation")
                ),
                both("change_note"),
                both("withdrawal_note"),
                PublishingPanel(),
            ],
            heading=_("Publication"),
        ),
    ]
    return TabbedInterface(tabs)
