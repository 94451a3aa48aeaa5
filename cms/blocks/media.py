"""Pictures and files as blocks. In a document they stand by the SHA-256 of their content."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.blocks.base import BilingualBlock, document_of, raw_of


class PictureBlock(blocks.StructBlock):
    """A picture with its alternative text, caption and credit; an illustration says that it is one."""

    image = ImageChooserBlock(label=_("Picture"))
    alt = BilingualBlock(label=_("Alternative text"), sentence=True)
    caption = BilingualBlock(label=_("Caption"), required=False, sentence=True)
    credit = BilingualBlock(label=_("Credit"), required=False)
    illustration = blocks.BooleanBlock(label=_("Illustration, not a photograph"), required=False)
    number = blocks.IntegerBlock(label=_("Number in the source"), required=False, min_value=1)

    def to_document(self, value: Any, context: Any) -> dict[str, Any] | None:
        image = value.get("image")
        if image is None:
            return None
        texts = {
            name: document_of(self.child_blocks[name], value[name], context) for name in ("alt", "caption", "credit")
        }
        return {
            **context.picture(image),
            **texts,
            "illustration": bool(value["illustration"]),
            "number": value["number"],
        }

    def from_document(self, data: Any, context: Any) -> dict[str, Any]:
        texts = {
            name: raw_of(self.child_blocks[name], data.get(name), context) for name in ("alt", "caption", "credit")
        }
        return {
            "image": context.image(data),
            **texts,
            "illustration": data.get("illustration", False),
            "number": data.get("number"),
        }

    class Meta:
        icon = "image"
        label = _("Picture")


class FileBlock(blocks.StructBlock):
    """An attached file with its title."""

    file = DocumentChooserBlock(label=_("File"))
    title = BilingualBlock(label=_("Title"))

    def to_document(self, value: Any, context: Any) -> dict[str, Any] | None:
        attached = value.get("file")
        if attached is None:
            return None
        return {**context.file(attached), "title": document_of(self.child_blocks["title"], value["title"], context)}

    def from_document(self, data: Any, context: Any) -> dict[str, Any]:
        return {
            "file": context.attachment(data),
            "title": raw_of(self.child_blocks["title"], data.get("title"), context),
        }

    class Meta:
        icon = "doc-full"
        label = _("File")
