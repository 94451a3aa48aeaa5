"""Pages as editors have them: a small tree, records in it, and the form that the admin would send for them."""

import io
import itertools
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.test import Client, TestCase
from django.urls import reverse
from PIL import Image as PillowImage
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Locale, Page, Site
from wagtail.test.utils.form_data import rich_text

from cms.base.models import RecordPage
from cms.models import AlertPage, CityPage, PlainPage, VisitPage
from cms.scope import publishing_scope
from portal.publication.models import LogRow
from portal.publication.types import TYPES

_numbers = itertools.count(1)

#: What a record of each type needs before it can be published.
REQUIRED: dict[type[RecordPage], dict[str, Any]] = {
    AlertPage: {"date_precision": "undated"},
    CityPage: {"country": "KR"},
    VisitPage: {"date_start": "2022-03-14"},
}


@contextmanager
def changing() -> Iterator[None]:
    """A publishing scope; what waits for the commit runs at its end, within a test's own transaction too."""
    with TestCase.captureOnCommitCallbacks(execute=True), publishing_scope():
        yield


class AdminClient(Client):
    """A signed-in editor's browser; what waits for the commit runs after each request."""

    def request(self, **request: Any) -> Any:
        """Send the request."""
        with TestCase.captureOnCommitCallbacks(execute=True):
            return super().request(**request)


def signed_in(user: Any = None, **settings: Any) -> AdminClient:
    """A browser of a user, of a new superuser if none is given."""
    client = AdminClient(**settings)
    client.force_login(user or superuser(), backend="django.contrib.auth.backends.ModelBackend")
    return client


def superuser(name: str = "root") -> Any:
    """The superuser of that name."""
    users = get_user_model().objects
    return users.filter(username=name).first() or users.create_superuser(name, f"{name}@example.org", "x")


def root() -> Page:
    """The root of the tree, with all that must stand around it (an emptied database has nothing)."""
    Locale.objects.get_or_create(language_code="zh-hant")
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    with changing():
        return Page.get_first_root_node() or Page.add_root(title="Root", slug="root")


def home() -> PlainPage:
    """The public home page, with all that must stand above and around it."""
    found = PlainPage.objects.filter(uid="page:home").first()
    if found:
        return found
    with changing():
        made = root().add_child(
            instance=PlainPage(uid="page:home", slug="front", headline_zh_hant="首頁", headline_en="Home", live=False)
        )
        made.save_revision().publish()
        Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": made})
    return PlainPage.objects.get(pk=made.pk)


def section(record_type: str) -> PlainPage:
    """The published page that records of a type stand under."""
    found = PlainPage.objects.filter(section=record_type).first()
    kind = TYPES[record_type]
    return found or add(
        PlainPage,
        parent=home(),
        publish=True,
        section=record_type,
        slug=f"all-{kind.plural}",
        headline_zh_hant=f"{kind.plural}列表",
        headline_en=f"All {kind.plural}",
    )


def new(model: type[RecordPage] = VisitPage, **fields: Any) -> RecordPage:
    """A record that nobody has saved yet. Chinese and English titles differ from record to record."""
    number = next(_numbers)
    plain = {"headline_zh_hant": f"第{number}筆紀錄", "headline_en": f"Record {number}", "live": False}
    return model(**plain | REQUIRED.get(model, {}) | fields)


def add(
    model: type[RecordPage] = VisitPage, *, parent: Page | None = None, publish: bool = False, **fields: Any
) -> Any:
    """A record in its section, or below ``parent``: a draft, or published."""
    return put(new(model, **fields), parent=parent, publish=publish)


def put(page: RecordPage, *, parent: Page | None = None, publish: bool = False) -> Any:
    """A record that nobody has saved yet, in its section or below ``parent``: a draft, or published."""
    top = isinstance(page, PlainPage) or TYPES[page.record_type].frame
    parent = parent or (home() if top else section(page.record_type))
    with changing():
        Page.objects.get(pk=parent.pk).add_child(instance=page)
        revision = page.save_revision()
        if publish:
            revision.publish()
    return fresh(page)


def fresh(page: Any) -> Any:
    """The page as the database has it."""
    return Page.objects.get(pk=page.pk).specific


def draft(page: Any) -> Any:
    """The page as its latest revision has it."""
    return fresh(page).get_latest_revision_as_object()


def change(page: Any, *, publish: bool = True, **fields: Any) -> Any:
    """Edit a record by its models: a new draft, published unless told otherwise."""
    with changing():
        edited = draft(page)
        for name, value in fields.items():
            setattr(edited, name, value)
        revision = edited.save_revision()
        if publish:
            revision.publish()
    return fresh(page)


def text_block(chinese: str, english: str = "", name: str = "00000000-0000-4000-8000-000000000001") -> dict[str, Any]:
    """A text block of a body as a StreamField stores it; both texts are HTML."""
    return {"type": "text", "id": name, "value": {"zh_hant": chinese, "en": english}}


def link_block(page: Page) -> dict[str, Any]:
    """A text block that links to a page."""
    return text_block(f'<p>見<a linktype="page" id="{page.pk}">這一筆</a></p>')


def picture(image: Any) -> dict[str, Any]:
    """A picture in a record's pictures, as a StreamField stores it."""
    texts = {"alt": {"zh_hant": "一張圖", "en": "A picture"}, "caption": {"zh_hant": "", "en": ""}}
    value = {"image": image.pk, **texts, "credit": {"zh_hant": "", "en": ""}, "illustration": True, "number": None}
    return {"type": "picture", "value": value}


def stream(*parts: dict[str, Any]) -> str:
    """The value of a StreamField."""
    return json.dumps(parts)


def png(colour: str = "red", size: tuple[int, int] = (8, 6)) -> bytes:
    """A picture file."""
    buffer = io.BytesIO()
    PillowImage.new("RGB", size, colour).save(buffer, "PNG")
    return buffer.getvalue()


def image(colour: str = "red") -> Any:
    """An uploaded picture."""
    home()
    with changing():
        return get_image_model().objects.create(title=colour, file=ContentFile(png(colour), f"{colour}.png"))


def attachment(content: bytes = b"one,two\n") -> Any:
    """An uploaded file."""
    home()
    with changing():
        return get_document_model().objects.create(title="file", file=ContentFile(content, "file.csv"))


def history(page: Any) -> list[str]:
    """The actions in the log on a record, the first first."""
    uid = page if isinstance(page, str) else page.uid
    return list(LogRow.objects.filter(uid=uid).order_by("seq").values_list("action", flat=True))


def form_data(page: Any, *, parent: Page | None = None) -> dict[str, Any]:
    """What the admin's form sends for a page as it stands in memory, its unsaved changes included."""
    form_class = type(page).get_edit_handler().get_form_class()
    form = form_class(instance=page, parent_page=parent or page.get_parent(), for_user=superuser())
    data = dict(_form_items(form))
    for name, formset in form.formsets.items():
        data |= {f"{name}-{key}": value for key, value in formset.management_form.initial.items()}
        data[f"{name}-TOTAL_FORMS"] = len(formset.initial_forms)
        for place, row in enumerate(formset.initial_forms):
            data |= dict(_form_items(row)) | {
                f"{row.prefix}-id": row.instance.pk or "",
                f"{row.prefix}-ORDER": place + 1,
            }
    return data


def _form_items(form: Any) -> Iterator[tuple[str, Any]]:
    for name, field in form.fields.items():
        bound, value = form[name], form[name].value()
        if hasattr(field, "block"):
            yield from _block_items(bound.html_name, field.block, value)
        elif isinstance(value, bool):
            yield from [(bound.html_name, "on")] * value
        elif isinstance(value, list):
            yield bound.html_name, value
        elif value is not None:
            yield bound.html_name, str(getattr(value, "pk", value))


def _block_items(name: str, block: blocks.Block, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(block, blocks.StreamBlock | blocks.ListBlock):
        children = value.bound_blocks if isinstance(block, blocks.ListBlock) else value
        yield f"{name}-count", len(children)
        for place, child in enumerate(children):
            at = f"{name}-{place}"
            yield from {f"{at}-order": place, f"{at}-deleted": "", f"{at}-id": child.id or ""}.items()
            if isinstance(block, blocks.StreamBlock):
                yield f"{at}-type", child.block_type
            yield from _block_items(f"{at}-value", child.block, child.value)
    elif isinstance(block, blocks.StructBlock):
        for member, child in block.child_blocks.items():
            yield from _block_items(f"{name}-{member}", child, value.get(member))
    elif isinstance(block, blocks.RichTextBlock):
        yield name, rich_text(value.source if value else "", features=block.features)
    elif isinstance(value, bool):
        yield from [(name, "on")] * value
    else:
        yield name, "" if value is None else str(getattr(value, "pk", value))


def send(client: Client, page: Any, action: str = "action-publish", **fields: Any) -> Any:
    """Edit a page in the admin: its latest draft with these changes; no ``action`` (button) saves a draft."""
    edited = draft(page)
    for name, value in fields.items():
        setattr(edited, name, value)
    data = form_data(edited) | ({action: "1"} if action else {})
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
