"""Pictures and files: what is published is exposed, what is replaced or deleted makes a new version, what only drafts
use stays private.
"""

import hashlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cms import publishing
from portal.publication import files, selectors
from portal.publication.models import FileUse, PublicFile
from tests.factories.pages import add, attachment, change, changing, history, image, picture, png, stream


def sha(content):
    return hashlib.sha256(content).hexdigest()


def document(page):
    """What the current version of a record says."""
    return selectors.versions(page.uid)[-1].document


def file_block(attached):
    value = {"file": attached.pk, "title": {"zh_hant": "附件", "en": "Attachment"}}
    return {"type": "file", "id": "00000000-0000-4000-8000-000000000003", "value": value}


def public_files(settings):
    return sorted(path.name for path in Path(settings.PUBLIC_ROOT).rglob("*") if path.is_file())


def replace(editor, uploaded, name, content):
    data = {
        "title": uploaded.title,
        "tags": "",
        "file": SimpleUploadedFile(name, content),
        "collection": uploaded.collection_id,
    }
    kind = "wagtailimages" if name.endswith("png") else "wagtaildocs"
    response = editor.post(reverse(f"{kind}:edit", args=[uploaded.pk]), data)
    assert response.status_code == 302, response.context["form"].errors


def test_a_picture_is_exposed_when_its_record_is_published(settings):
    uploaded = image("red")
    page = add(media=stream(picture(uploaded)))
    assert public_files(settings) == []
    change(page)
    [media] = document(page)["media"]
    content = Path(uploaded.file.path).read_bytes()
    assert (media["sha256"], media["width"], media["height"], media["type"]) == (sha(content), 8, 6, "image/png")
    assert files.storage().open(PublicFile.objects.get().name).read() == content
    assert FileUse.objects.count() == 1


def test_a_picture_that_is_replaced_makes_a_version(editor):
    uploaded = image("red")
    page = add(publish=True, media=stream(picture(uploaded)))
    old = Path(uploaded.file.path)
    replace(editor, uploaded, "blue.png", png("blue"))
    assert history(page) == ["publish", "publish"]
    assert document(page)["media"][0]["sha256"] == sha(png("blue"))
    assert not old.exists()
    assert PublicFile.objects.count() == 2


def test_a_title_of_a_picture_is_no_version(editor):
    uploaded = image("red")
    page = add(publish=True, media=stream(picture(uploaded)))
    data = {"title": "another", "tags": "", "collection": uploaded.collection_id}
    editor.post(reverse("wagtailimages:edit", args=[uploaded.pk]), data)
    assert history(page) == ["publish"]


def test_a_picture_that_is_deleted_leaves_the_record(editor):
    uploaded = image("red")
    page = add(publish=True, media=stream(picture(uploaded)))
    editor.post(reverse("wagtailimages:delete", args=[uploaded.pk]))
    assert history(page) == ["publish", "publish"]
    assert document(page)["media"] == []


def test_pictures_deleted_in_bulk(editor):
    uploaded = [image("red"), image("blue")]
    pages = [add(publish=True, media=stream(picture(each))) for each in uploaded]
    address = reverse("wagtail_bulk_action", args=["wagtailimages", "image", "delete"])
    editor.post(f"{address}?id={uploaded[0].pk}&id={uploaded[1].pk}")
    assert [document(page)["media"] for page in pages] == [[], []]


def test_a_picture_of_a_draft_alone_concerns_nobody(editor, settings):
    uploaded = image("red")
    page = add(publish=True)
    change(page, publish=False, media=stream(picture(uploaded)))
    replace(editor, uploaded, "blue.png", png("blue"))
    assert history(page) == ["publish"]
    assert public_files(settings) == []


def test_a_picture_that_the_draft_has_dropped_is_still_the_public_version_s(editor):
    uploaded = image("red")
    page = add(publish=True, media=stream(picture(uploaded)))
    change(page, publish=False, media="[]")
    replace(editor, uploaded, "blue.png", png("blue"))
    assert document(page)["media"][0]["sha256"] == sha(png("blue"))


@pytest.mark.parametrize("way", ["block", "link"])
def test_an_attached_file(editor, way):
    attached = attachment(b"one,two\n")
    link = f'<p><a linktype="document" id="{attached.pk}">表</a></p>'
    body = {"type": "text", "id": "00000000-0000-4000-8000-000000000004", "value": {"zh_hant": link, "en": ""}}
    page = add(publish=True, body=stream(file_block(attached) if way == "block" else body))
    assert set(FileUse.objects.values_list("file_id", flat=True)) == {sha(b"one,two\n")}
    replace(editor, attached, "other.csv", b"three,four\n")
    assert history(page) == ["publish", "publish"]
    assert sha(b"three,four\n") in str(document(page))
    editor.post(reverse("wagtaildocs:delete", args=[attached.pk]))
    assert history(page) == ["publish", "publish", "publish"]
    assert "sha256" not in str(document(page)["body"])


def test_a_replacement_that_fails_keeps_the_old_file(editor, monkeypatch):
    uploaded = image("red")
    page = add(publish=True, media=stream(picture(uploaded)))
    old = Path(uploaded.file.path)

    def fail(*_args, **_options):
        raise RuntimeError("crash")

    with monkeypatch.context() as broken:
        broken.setattr(publishing.log, "append", fail)
        with pytest.raises(RuntimeError):
            replace(editor, uploaded, "blue.png", png("blue"))
    assert history(page) == ["publish"]
    assert old.exists()
    uploaded.refresh_from_db()
    assert Path(uploaded.file.path) == old


def test_pictures_saved_by_models():
    uploaded = image("red")
    page = add(publish=True, media=stream(picture(uploaded)))
    with changing():
        uploaded.delete()
    assert document(page)["media"] == []
