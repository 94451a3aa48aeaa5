"""The parts of a record's body. Each holds both languages, so that a picture, a table or a proof belongs to both."""

import uuid
from itertools import zip_longest
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from cms.blocks.base import BilingualBlock, CodeBlock, document_of, raw_of
from cms.blocks.figures import FigureBlock, TextBlock
from cms.blocks.media import FileBlock, PictureBlock, VideoBlock
from portal.core.languages import CHINESE, ENGLISH, language_map
from portal.publication.codelists import choices


class QuoteBlock(blocks.StructBlock):
    """Somebody's words."""

    value = BilingualBlock(label=pgettext_lazy("of a quote", "Words"), sentence=True)
    attribution = BilingualBlock(label=_("Attribution"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quote")


class TableBlock(blocks.StructBlock):
    """A small table, pasted from a spreadsheet once in each language: a line per row, tabs between cells, the first
    line its header.
    """

    caption = BilingualBlock(label=_("Caption"), required=False)
    zh_hant = blocks.TextBlock(label=_("Chinese"), rows=4)
    en = blocks.TextBlock(label=_("English"), rows=4, required=False)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        chinese, english = _grid(cleaned["zh_hant"]), _grid(cleaned["en"])
        if len({len(row) for row in chinese}) > 1:
            raise blocks.StructBlockValidationError(
                {"zh_hant": ValidationError(_("Every line needs the same number of cells, separated by tabs."))}
            )
        if english and [len(row) for row in english] != [len(row) for row in chinese]:
            raise blocks.StructBlockValidationError(
                {"en": ValidationError(_("The English table needs the same rows and cells as the Chinese one."))}
            )
        return cleaned

    def to_document(self, value: Any, context: Any) -> dict[str, Any]:
        chinese, english = _grid(value["zh_hant"]), _grid(value["en"])
        rows = [
            [language_map(cell or "–", translated) for cell, translated in zip_longest(row, words[: len(row)])]
            for row, words in zip_longest(chinese, english[: len(chinese)], fillvalue=[])
        ]
        caption = document_of(self.child_blocks["caption"], value["caption"], context)
        return {"caption": caption, "header": rows[0] if rows else [], "rows": rows[1:]}

    def from_document(self, data: Any, context: Any) -> dict[str, Any]:
        rows = [data["header"], *data["rows"]]
        texts = {
            name: "\n".join("\t".join(cell.get(language) or "" for cell in row) for row in rows)
            for name, language in (("zh_hant", CHINESE), ("en", ENGLISH))
        }
        return {"caption": raw_of(self.child_blocks["caption"], data.get("caption"), context), **texts}

    class Meta:
        icon = "table"
        label = _("Table")


class RecordBlock(blocks.StructBlock):
    """A link to another record, with a text of its own if need be."""

    record = blocks.PageChooserBlock(label=_("Record"))
    text = BilingualBlock(label=_("Text"), required=False)

    def to_document(self, value: Any, context: Any) -> dict[str, Any] | None:
        uid = context.uid(value["record"].pk) if value["record"] else None
        return uid and {"uid": uid, "text": document_of(self.child_blocks["text"], value["text"], context)}

    def from_document(self, data: Any, context: Any) -> dict[str, Any]:
        return {
            "record": context.page(data["uid"]),
            "text": raw_of(self.child_blocks["text"], data.get("text"), context),
        }

    class Meta:
        icon = "link"
        label = _("Record link")
        help_text = _("On the home page, a link with a text of its own is a question that the record answers.")


class ListingBlock(blocks.StructBlock):
    """Lines of code, the same in both languages."""

    language = CodeBlock(label=_("Kind of code"), choices=choices("*.code_language"))
    value = blocks.TextBlock(
        label=_("Lines of code"), rows=8, help_text=_("https://portal.example stands for the address of this site.")
    )

    def to_document(self, value: Any, context: Any) -> dict[str, str] | None:
        # Forms send other line ends than fixtures have.
        lines = (value["value"] or "").replace("\r\n", "\n").rstrip("\n")
        return {"language": value["language"], "value": lines} if lines.strip() else None

    class Meta:
        icon = "code"
        label = _("Lines of code")


#: Block type → the member of the document's block that holds its value; None where the value's members stand beside
#: ``type`` themselves.
_MEMBER = {"heading": "value", "picture": "picture", "file": "file"}


class BodyBlock(blocks.StreamBlock):
    """The body: what a reader reads, part by part."""

    text = TextBlock(label=_("Text"), icon="pilcrow")
    heading = BilingualBlock(label=_("Heading"), icon="title")
    picture = PictureBlock()
    video = VideoBlock()
    quote = QuoteBlock()
    table = TableBlock()
    record = RecordBlock()
    figure = FigureBlock()
    code = ListingBlock()
    file = FileBlock()

    def to_document(self, value: Any, context: Any) -> list[dict[str, Any]]:
        parts = []
        for child in value:
            part = document_of(child.block, child.value, context)
            if part is None:
                continue
            # New blocks get their id when they are stored, and a proof or a state of translation may name them before.
            child.id = child.id or str(uuid.uuid4())
            member = _MEMBER.get(child.block_type)
            parts.append({"id": child.id, "type": child.block_type, **({member: part} if member else part)})
        return parts

    def from_document(self, data: Any, context: Any) -> list[dict[str, Any]]:
        return [
            {
                "id": part["id"],
                "type": part["type"],
                "value": raw_of(
                    self.child_blocks[part["type"]],
                    part[_MEMBER[part["type"]]] if part["type"] in _MEMBER else part,
                    context,
                ),
            }
            for part in data or ()
        ]

    class Meta:
        required = False


def _grid(text: str | None) -> list[list[str]]:
    """The cells of a pasted table. Empty lines are no rows, but a row may be of empty cells."""
    return [[cell.strip() for cell in line.split("\t")] for line in (text or "").splitlines() if line]
