"""What a portal on Wagtail would have had without records that are ready to serve: its API v2 over the same pages.

The same fields as a record has: texts in both languages, lists, pictures with their renditions, what the page points to
with titles and addresses. Only the display names of codes are left out.
"""

from typing import Any

from django.db.models import Model
from rest_framework.fields import Field
from wagtail.api import APIField
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.images import get_image_model

from cms.base.models import RecordPage
from portal.publication.renditions import FORMATS, widths_for

_EDITORS_OWN = frozenset({"page_ptr", "translation_basis", "english_state", "withdrawal_note", "media"})


def specs(width: int) -> list[str]:
    """Wagtail's names for the renditions that the portal makes of a picture so wide."""
    return [f"width-{each}|format-{name}" for name in FORMATS for each in widths_for(width)]


def make_renditions() -> None:
    """Make Wagtail's own renditions of every picture, as the first readers would."""
    for image in get_image_model().objects.all():
        image.get_renditions(*specs(image.width))


class _OfPage(Field):
    """A field that is made of the whole page."""

    def get_attribute(self, instance: Model) -> Any:
        return instance


class PicturesField(_OfPage):
    """The pictures, each with its texts and its renditions."""

    def to_representation(self, page: Any) -> list[dict[str, Any]]:
        return [self._picture(child) for child in page.media]

    def _picture(self, child: Any) -> dict[str, Any]:
        image = child.value["image"]
        renditions = image.get_renditions(*specs(image.width)).values()
        return {
            **child.block.get_api_representation(child.value, self.context),
            "width": image.width,
            "height": image.height,
            "url": image.file.url,
            "renditions": [
                {"url": each.url, "width": each.width, "height": each.height, "type": f"image/{each.filter_spec[-4:]}"}
                for each in renditions
            ],
        }


class CitiesField(_OfPage):
    """The cities that the record concerns."""

    def to_representation(self, page: Any) -> list[dict[str, Any]]:
        return [named(link.city) for link in page.city_links.select_related("city")]


class RelatedField(_OfPage):
    """The records that it points to."""

    def to_representation(self, page: Any) -> list[dict[str, Any]]:
        return [named(link.target.specific) for link in page.related_links.select_related("target")]


def named(page: Any) -> dict[str, Any]:
    """A page as others name it."""
    titles = {"zh-Hant": page.headline_zh_hant, "en": page.headline_en}
    return {"uid": page.uid, "type": page.record_type, "title": titles, "url": page.record_path}


class RecordPages(PagesAPIViewSet):
    """Pages with all the fields of their record."""

    @classmethod
    def get_body_fields(cls, model: type[Model]) -> list[APIField]:
        fields = super().get_body_fields(model)
        if not issubclass(model, RecordPage):
            return fields
        columns = [field.name for field in model._meta.local_concrete_fields if field.name not in _EDITORS_OWN]
        # Of a translated field the two languages, not the base column.
        columns = [name for name in columns if f"{name}_en" not in columns and not name.startswith("withdrawal")]
        return [
            *fields,
            *map(APIField, columns),
            APIField("media", PicturesField()),
            APIField("cities", CitiesField()),
            APIField("related", RelatedField()),
        ]


api = WagtailAPIRouter("benchmark")
api.register_endpoint("pages", RecordPages)
