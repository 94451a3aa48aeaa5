"""Blocks that become parts of documents, and back.

`document_of` turns a block's value into JSON; `raw_of` turns the same JSON (as fixtures write it) into what a
StreamField stores. A block class may bring its own ``to_document`` and ``from_document``; structs, lists and plain
fields need none.
"""

from html import unescape
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from portal.core.languages import CHINESE, ENGLISH, language_map

#: What rich text may hold. No italics: Chinese has none.
RICH_TEXT_FEATURES = ["bold", "code", "ol", "ul", "h3", "h4", "link", "document-link"]

ENGLISH_ALONE = _("There is English here and no Chinese. Only what has a Chinese text is published.")


def document_of(block: blocks.Block, value: Any, context: Any) -> Any:
    """The part of a document that a block's value stands for; None for an empty one."""
    if hasattr(block, "to_document"):
        return block.to_document(value, context)
    if isinstance(block, blocks.StructBlock):
        return {name: document_of(child, value.get(name), context) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.ListBlock):
        return [document_of(block.child_block, item, context) for item in value or ()]
    return None if value == "" else value


def raw_of(block: blocks.Block, data: Any, context: Any) -> Any:
    """What a StreamField stores for a part of a document (members that are left out count as empty)."""
    if hasattr(block, "from_document"):
        return block.from_document(data, context)
    if isinstance(block, blocks.StructBlock):
        data = data or {}
        return {name: raw_of(child, data.get(name), context) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.ListBlock):
        return [raw_of(block.child_block, item, context) for item in data or ()]
    return block.get_prep_value(block.get_default()) if data is None else data


class BilingualBlock(blocks.StructBlock):
    """A short text in both languages; a language map in the document. The English may be missing.

    ``sentence`` gives it a box that grows with it, for what seldom fits one line.
    """

    def __init__(self, *, required: bool = True, sentence: bool = False, **kwargs: Any) -> None:
        chinese, english = {"label": _("Chinese"), "required": required}, {"label": _("English"), "required": False}
        languages = (("zh_hant", chinese), ("en", english))
        super().__init__(
            [
                (name, blocks.TextBlock(rows=1, **options) if sentence else blocks.CharBlock(**options))
                for name, options in languages
            ],
            required=required,
            **kwargs,
        )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if _is_empty(cleaned["zh_hant"]) and not _is_empty(cleaned["en"]):
            raise blocks.StructBlockValidationError({"zh_hant": ValidationError(ENGLISH_ALONE, code="required")})
        return cleaned

    def to_document(self, value: Any, context: Any) -> dict[str, str | None] | None:
        return language_map(value["zh_hant"] or "", value["en"]) if value else None

    def from_document(self, data: Any, context: Any) -> dict[str, str]:
        data = data or {}
        return {"zh_hant": data.get(CHINESE) or "", "en": data.get(ENGLISH) or ""}

    class Meta:
        form_classname = "struct-block bilingual"
        label = _("Item")


class BilingualTextBlock(BilingualBlock):
    """Safe HTML in both languages, side by side."""

    def __init__(self, **kwargs: Any) -> None:
        super(BilingualBlock, self).__init__(
            [
                ("zh_hant", blocks.RichTextBlock(label=_("Chinese"), features=RICH_TEXT_FEATURES)),
                ("en", blocks.RichTextBlock(label=_("English"), features=RICH_TEXT_FEATURES, required=False)),
            ],
            **kwargs,
        )

    def to_document(self, value: Any, context: Any) -> dict[str, str | None] | None:
        chinese, english = (context.rich_text(value[name].source if value[name] else "") for name in ("zh_hant", "en"))
        return language_map(chinese, english)

    def from_document(self, data: Any, context: Any) -> dict[str, str]:
        return {name: context.stored_rich_text(text) for name, text in super().from_document(data, context).items()}


def _is_empty(text: Any) -> bool:
    return not unescape(strip_tags(getattr(text, "source", text) or "")).strip()


class CodeBlock(blocks.ChoiceBlock):
    """A code of a closed list; never empty."""
