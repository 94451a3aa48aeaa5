"""What may be uploaded, by every way in; and that nobody but editors sees it before it is published."""

import functools
import io
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.documents.forms import get_document_form
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form
from wagtail.models import Collection

from portal.publication.models import FileUse, PublicFile
from tests.factories.accounts import account
from tests.factories.pages import add, attachment, change, changing, home, image, picture, signed_in, stream, text_block
from tests.factories.uploads import (
    BAD_DOCUMENTS,
    BAD_PICTURES,
    GOOD_DOCUMENTS,
    GOOD_PICTURES,
    archive,
    large_png,
    upload,
)

pytestmark = pytest.mark.django_db

_WAYS = ("add", "add_multiple", "chooser")


def send(client, kind: str, way: str, name: str, content: bytes):
    """Upload a file: ``kind`` is images or documents."""
    collection = Collection.get_first_root_node().pk
    file = upload(name, content)
    if way == "add_multiple":
        address = reverse(f"wagtail{'images' if kind == 'images' else 'docs'}:add_multiple")
        return client.post(
            address, {"title": name, "files[]": file, "collection": collection}, HTTP_X_REQUESTED_WITH="XMLHttpRequest"
        )
    if way == "chooser":
        chooser = f"wagtail{'images' if kind == 'images' else 'docs'}_chooser:create"
        prefix = "image-chooser-upload" if kind == "images" else "document-chooser-upload"
        return client.post(
            reverse(chooser), {f"{prefix}-title": name, f"{prefix}-file": file, f"{prefix}-collection": collection}
        )
    address = reverse(f"wagtail{'images' if kind == 'images' else 'docs'}:add")
    return client.post(address, {"title": name, "file": file, "collection": collection, "tags": ""})


def stored(kind: str) -> int:
    """How many there are."""
    return (get_image_model() if kind == "images" else get_document_model()).objects.count()


def kept_files() -> list[str]:
    """What lies in the private storage."""
    root = Path(default_storage.location)
    return sorted(path.name for path in root.rglob("*") if path.is_file())


@pytest.mark.parametrize("way", _WAYS)
@pytest.mark.parametrize(("kind", "good"), [("images", GOOD_PICTURES), ("documents", GOOD_DOCUMENTS)])
def test_good_files_come_in(editor, kind, good, way):
    came_in = []
    for name, content in good.items():
        before = stored(kind)
        send(editor, kind, way, name, content)
        came_in += [name] * (stored(kind) - before)
    assert came_in == list(good)


@pytest.mark.parametrize("way", _WAYS)
@pytest.mark.parametrize(("kind", "bad"), [("images", BAD_PICTURES), ("documents", BAD_DOCUMENTS)])
def test_bad_files_stay_out(editor, kind, bad, way):
    statuses = {name: send(editor, kind, way, name, content).status_code for name, content in bad.items()}
    assert set(statuses.values()) == {200}, statuses
    assert (stored(kind), kept_files()) == (0, [])


def test_the_form_says_why(editors, ui):
    client = editors(ui)
    response = send(client, "documents", "add", "text.pdf", b"only words")
    said = "檔案內容與副檔名 .pdf 不符" if ui == "zh-hant" else "This file is not what its extension .pdf says"
    assert said in response.content.decode()
    response = send(client, "documents", "add_multiple", "text.pdf", b"only words")
    assert said in response.json()["error_message"]
    response = send(client, "images", "add", "png.jpg", BAD_PICTURES["png.jpg"])
    with translation.override(ui):
        assert response.context["form"].errors["file"]


class Peak:
    """How much the memory of this process grew at its highest, in bytes."""

    def __enter__(self):
        Path("/proc/self/clear_refs").write_text("5")
        self._before = self._highest()
        return self

    def __exit__(self, *_exception):
        self.grown = self._highest() - self._before

    def _highest(self) -> int:
        line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024


@pytest.mark.parametrize("way", _WAYS)
@pytest.mark.parametrize(("width", "height"), [(5_001, 5_000), (12_000, 10_000), (20_000, 10_000)])
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_pictures_of_too_many_pixels_are_refused_with_memory_flat(editor, way, width, height):
    send(editor, "images", way, "text.png", b"only words")
    content = large_png(width, height)
    with Peak() as memory:
        response = send(editor, "images", way, "large.png", content)
    assert response.status_code == 200
    assert stored("images") == 0
    assert memory.grown < width * height


def test_a_picture_at_the_limit_comes_in(editor):
    assert configured.WAGTAILIMAGES_MAX_IMAGE_PIXELS == 25_000_000
    send(editor, "images", "add", "large.png", large_png(5_000, 5_000))
    assert stored("images") == 1


@functools.cache
def endless() -> bytes:
    """A document of more members than any has."""
    return archive(["[Content_Types].xml", "word/document.xml", *(f"{number:06}" for number in range(60_000))])


@pytest.mark.parametrize("way", _WAYS)
def test_archives_of_endless_members_are_refused_with_memory_flat(editor, way):
    content = endless()
    send(editor, "documents", way, "text.docx", b"only words")
    with Peak() as memory:
        send(editor, "documents", way, "a.docx", content)
    assert stored("documents") == 0
    assert memory.grown < 4 * len(content)


@pytest.mark.parametrize("kind", ["images", "documents"])
def test_a_replaced_file_survives_a_rollback_and_goes_after_the_commit(db, kind):
    uploaded = image() if kind == "images" else attachment()
    old = uploaded.file.name
    user = account("root", superuser=True)
    form_class = get_image_form(type(uploaded)) if kind == "images" else get_document_form(type(uploaded))
    name, content = ("b.png", GOOD_PICTURES["a.png"]) if kind == "images" else ("b.csv", b"three,four\n")

    def replace():
        instance = type(uploaded).objects.get(pk=uploaded.pk)
        sent = {"title": "new", "collection": uploaded.collection_id, "tags": ""}
        form = form_class(sent, {"file": upload(name, content)}, instance=instance, user=user)
        assert form.is_valid(), form.errors
        form.save()
        assert default_storage.exists(old)

    with changing(), transaction.atomic():
        replace()
        transaction.set_rollback(True)
    assert default_storage.exists(old)
    assert type(uploaded).objects.get(pk=uploaded.pk).file.name == old
    with changing():
        replace()
    assert not default_storage.exists(old)
    assert default_storage.exists(type(uploaded).objects.get(pk=uploaded.pk).file.name)


def test_uploads_are_for_editors_only(editor, client):
    shown, attached = image(), attachment()
    rendition = shown.get_rendition("width-4")
    serve = reverse("wagtaildocs_serve", args=[attached.pk, attached.filename])
    outsider = signed_in(account("nobody"))
    for address in (shown.file.url, rendition.url, attached.file.url, attached.url, serve):
        assert client.get(address).status_code == 302
        assert client.get(address).url.startswith("/admin/login/")
        assert outsider.get(address).status_code in (302, 403)
        response = editor.get(address)
        assert response.status_code == 200
        assert b"".join(response.streaming_content)
    for address in ("/documents/1/file.csv", f"/media/{attached.file.name}", f"/private/{attached.file.name}"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "name", ["../secret_key", "%2e%2e/secret_key", "/etc/passwd", "nothing.png", "original_images"]
)
def test_only_uploads_are_served_to_editors(editor, name):
    Path(default_storage.location).mkdir(parents=True, exist_ok=True)
    Path(default_storage.location).parent.joinpath("secret_key").write_text("x")
    image()
    assert editor.get(f"/admin/media/{name}").status_code in (400, 404)


def test_an_upload_is_never_shown_as_a_page(editor):
    with changing():
        hostile = get_document_model().objects.create(title="x", file=upload("a.txt", b"<script>alert(1)</script>"))
    for address in (hostile.file.url, hostile.url):
        response = editor.get(address)
        assert response["Content-Disposition"].startswith("attachment")


def test_publishing_exposes_what_it_uses_and_nothing_else(client, db):
    home()
    used, unused, drafted = image("red"), image("green"), image("blue")
    attached, loose = attachment(b"one\n"), attachment(b"two\n")
    value = {"file": attached.pk, "title": {"zh_hant": "附件", "en": ""}}
    link = f'<p><a linktype="document" id="{attached.pk}">檔案</a></p>'
    body = stream({"type": "file", "value": value, "id": "block-1"}, text_block(link))
    page = add(publish=True, media=stream(picture(used)), body=body)
    change(page, publish=False, media=stream(picture(drafted)))
    contents = {each: each.file.open("rb").read() for each in (used, unused, drafted, attached, loose)}
    exposed = {file.pk: file for file in PublicFile.objects.all()}
    assert len(exposed) == 2
    assert set(FileUse.objects.values_list("file_id", flat=True)) == set(exposed)
    originals = {client.get(f"/media/{file.name.split('/', 1)[1]}").getvalue() for file in exposed.values()}
    assert originals == {contents[used], contents[attached]}
    for path in Path(configured.PUBLIC_ROOT).rglob("*"):
        if path.is_file() and path.name.startswith("original"):
            assert path.read_bytes() in originals
        elif path.is_file():
            assert Image.open(io.BytesIO(path.read_bytes())).convert("RGB").getpixel((0, 0))[0] > 200
