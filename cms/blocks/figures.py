"""Blocks that cite figures of datasets: filled from the data, never typed.

Within a text, an editor writes a figure in double braces, the dataset's uid and the observation's key:
``{{dataset:headcount-2022 headcount.all-staff.total.2022-05}}``. (Not with a slash between them, as in addresses: in
the editor, typing one opens its list of commands.) The document links to it as ``figure:``, uid, slash, key.
"""

import re
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.base.figures import dataset_as_edited
from cms.blocks.base import BilingualBlock, BilingualTextBlock, document_of, raw_of

_DATASET, _KEY, _SPACE = r"(dataset:[a-z0-9-]+)", r"([A-Za-z0-9.-]+)", r"(?:\s|&nbsp;)"
#: A tag, so that what stands in its attributes is passed over, or a figure in braces: its dataset and key. Tags are as
#: nh3 and the editor write them, their attributes in double quotes.
_TAG_OR_FIGURE = re.compile(r'<(?:[^>"]|"[^"]*")*>|\{\{' + f"{_SPACE}*{_DATASET}{_SPACE}+{_KEY}{_SPACE}*" + r"\}\}")
_LINK = re.compile(rf'<a href="figure:{_DATASET}/{_KEY}">.*?</a>', re.DOTALL)
_BRACES = re.compile(r"\{\{|\}\}")


def with_links(html: str, number: Callable[[str, str], str | None]) -> str:
    """HTML with a ``figure:`` link for each figure in braces, its text the number that ``number`` gives for dataset and
    key; where it gives None, the braces stay.
    """

    def replace(match: re.Match[str]) -> str:
        dataset, key = match.groups()
        shown = number(dataset, key) if dataset else None
        return match[0] if shown is None else f'<a href="figure:{dataset}/{key}">{shown}</a>'

    return _TAG_OR_FIGURE.sub(replace, html)


def with_braces(html: str) -> str:
    """The reverse: each ``figure:`` link as the editor writes it."""
    return _LINK.sub(r"{{\1 \2}}", html)


def linked(html: str) -> list[tuple[str, str]]:
    """Dataset and key of every ``figure:`` link, in their order."""
    return _LINK.findall(html)


def written(html: str) -> list[tuple[str, str]]:
    """Dataset and key of every figure in braces, in their order."""
    return [(match[1], match[2]) for match in _TAG_OR_FIGURE.finditer(html) if match[1]]


class FigureBlock(blocks.StructBlock):
    """A figure that stands by itself, with a label."""

    dataset = blocks.PageChooserBlock(label=_("Dataset"), target_model="cms.DatasetPage")
    key = blocks.CharBlock(
        label=_("Key of the observation"), help_text=_("measure.dimension.….period, as the dataset's table lists it")
    )
    label = BilingualBlock(label=_("Label"))

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not _is_there(cleaned["dataset"].specific.uid, cleaned["key"]):
            raise blocks.StructBlockValidationError({"key": ValidationError(_("The dataset has no such observation."))})
        return cleaned

    def to_document(self, value: Any, context: Any) -> dict[str, Any] | None:
        figure = context.figure(value["dataset"], value["key"])
        return figure and {**figure, "label": document_of(self.child_blocks["label"], value["label"], context)}

    def from_document(self, data: Any, context: Any) -> dict[str, Any]:
        label = raw_of(self.child_blocks["label"], data["label"], context)
        return {"dataset": context.page(data["dataset"]), "key": data["key"], "label": label}

    class Meta:
        icon = "order"
        label = _("Figure")
        help_text = _(
            "The list “Figures to cite”, under Reports, has the keys. On the home page these are the figures of the "
            "period, and the text after one says what it means."
        )


class TextBlock(BilingualTextBlock):
    """Safe HTML in both languages; figures that it cites in double braces."""

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        errors = {
            name: ValidationError(problems)
            for name in self.child_blocks
            if (problems := _problems(cleaned[name].source if cleaned[name] else ""))
        }
        if errors:
            raise blocks.StructBlockValidationError(errors)
        return cleaned

    def to_document(self, value: Any, context: Any) -> dict[str, Any] | None:
        texts = super().to_document(value, context)
        if texts is None:
            return None
        cited = dict.fromkeys(each for text in texts.values() if text for each in linked(text))
        figures = [figure for dataset, key in cited if (figure := context.figures.in_text(dataset, key))]
        return {"value": texts, **({"figures": figures} if figures else {})}

    def from_document(self, data: Any, context: Any) -> dict[str, str]:
        return super().from_document(data["value"], context)

    class Meta:
        help_text = _(
            "A figure of a dataset is cited in double braces; the list “Figures to cite”, under Reports, has them to "
            "copy."
        )


def _problems(html: str) -> list[ValidationError]:
    """What is wrong with the figures that a text cites in braces."""
    found = [
        ValidationError(_("There is no figure “%(figure)s”."), params={"figure": f"{dataset}/{key}"})
        for dataset, key in dict.fromkeys(written(html))
        if not _is_there(dataset, key)
    ]
    if _BRACES.search(_TAG_OR_FIGURE.sub("", html)):
        example = "{{dataset:headcount-2022 headcount.workers.total.2022-05}}"
        message = _("Double braces cite a figure, without any formatting inside: %(example)s")
        found.append(ValidationError(message, params={"example": example}))
    return found


def _is_there(dataset: str, key: str) -> bool:
    page = dataset_as_edited(dataset)
    return page is not None and page.observation(key) is not None
