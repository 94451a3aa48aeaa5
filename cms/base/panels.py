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
    links = [
        InlinePanel("related_links", [PageChooserPanel("target")], heading=_("Related records"), label=_("Record")),
        FieldPanel("topics"),
    ]
    return TabbedInterface(
        [
            ObjectList(
                [
                    MultiFieldPanel([_headline(), both("summary")], heading=_("Title and summary")),
                    *own,
                    FieldPanel("body"),
                ],
                heading=_("Content"),
            ),
            ObjectList([FieldPanel("media")], heading=_("Pictures")),
            ObjectList(([CITIES] if relations else []) + links, heading=_("Relations")),
            ObjectList([FieldPanel("source")], heading=_("Sources")),
            _publication(),
        ]
    )


def frame_handler(own: Sequence[Panel]) -> TabbedInterface:
    """The tabs of a part of the site's frame: of a record's own members, only the title is ever used."""
    return TabbedInterface([ObjectList([_headline(), *own], heading=_("Content")), _publication()])


def _headline() -> FieldRowPanel:
    # Drafts too are listed by their Chinese title.
    return FieldRowPanel([FieldPanel("headline_zh_hant", required_on_save=True), FieldPanel("headline_en")])


def _publication() -> ObjectList:
    checks = [FieldPanel("english_reviewed"), FieldPanel("english_by_machine")]
    return ObjectList(
        [
            FieldPanel("slug"),
            MultiFieldPanel(checks, heading=_("Translation")),
            both("change_note"),
            both("withdrawal_note"),
            PublishingPanel(),
        ],
        heading=_("Publication"),
    )
