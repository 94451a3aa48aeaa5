"""Pictures, videos and files as blocks. In a document pictures and files stand by the SHA-256 of their content, videos
by the address of their page.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.blocks.base import BilingualBlock, document_of, raw_of
from portal.core.videos import PROVIDERS, video_at


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


class VideoBlock(blocks.StructBlock):
    """A video at one of the providers on the list, with its title."""

    address = blocks.CharBlock(
        label=_("Address of the video"),
        help_text=_("As the browser shows it on the video's own page. Readers load it by a click, not before."),
        max_length=300,
    )
    title = BilingualBlock(label=_("Title"), sentence=True)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        video = video_at(cleaned["address"])
        if video is None:
            names = ", ".join(provider.name for provider in PROVIDERS)
            problem = ValidationError(
                _("This is not the address of a video that pages can show. They can show those of: %(providers)s."),
                params={"providers": names},
            )
            raise blocks.StructBlockValidationError({"address": problem})
        cleaned["address"] = video.page
        return cleaned

    def to_document(self, value: Any, context: Any) -> dict[str, Any] | None:
        address = value["address"]
        if not address:
            return None
        # What is not on the list stays as it is, for the schema to refuse.
        video = video_at(address)
        title = document_of(self.child_blocks["title"], value["title"], context)
        return {"address": video.page if video else address, "title": title}

    class Meta:
        icon = "media"
        label = _("Video")


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
