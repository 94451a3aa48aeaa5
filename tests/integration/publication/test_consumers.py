"""Consumers: each from its own position, nothing skipped by a fault, and the one that makes renditions."""

import io
import json

import pytest
from django.core.management import call_command
from PIL import Image

from portal.publication import consumers, files
from portal.publication.consumers import Consumer, step
from portal.publication.models import ConsumerPosition, CurrentRecord, PublicFile, Rendition
from portal.publication.renditions import CONSUMER, widths_for
from tests.factories.documents import document, picture, publish, withdraw

pytestmark = pytest.mark.django_db


class Reader:
    """A consumer that notes what it was given and fails when told to."""

    def __init__(self, batch=2):
        self.seen, self.fails = [], False
        self.consumer = Consumer("reader", self.take, batch=batch)

    def take(self, rows):
        if self.fails:
            self.seen.append("fault")
            raise RuntimeError("Elasticsearch is down")
        self.seen += [row.seq for row in rows]


@pytest.fixture
def reader(monkeypatch):
    made = Reader()
    monkeypatch.setattr(consumers, "_SOURCES", [lambda: [made.consumer]])
    return made


def rows(count, start=0):
    publish(*(document("visit", f"v{number}") for number in range(start, start + count)))


def position():
    return ConsumerPosition.objects.get(consumer="reader")


def test_it_follows_in_order_and_once(reader):
    rows(5)
    assert [step(reader.consumer) for _ in range(4)] == [2, 2, 1, 0]
    assert reader.seen == [1, 2, 3, 4, 5]
    rows(1, start=5)
    assert step(reader.consumer) == 1
    assert reader.seen[-1] == 6
    assert consumers.lag() == {"reader": 0}


def test_a_fault_loses_nothing(reader):
    rows(3)
    step(reader.consumer)
    reader.fails = True
    with pytest.raises(RuntimeError):
        step(reader.consumer)
    assert (position().seq, position().problem) == (2, "RuntimeError: Elasticsearch is down")
    assert consumers.lag() == {"reader": 1}
    rows(1, start=3)
    reader.fails = False
    while step(reader.consumer):
        pass
    assert reader.seen == [1, 2, "fault", 3, 4]
    assert (position().seq, position().problem) == (4, "")


def test_publishing_goes_on_while_a_consumer_fails(reader):
    reader.fails = True
    rows(1)
    with pytest.raises(RuntimeError):
        step(reader.consumer)
    rows(1, start=1)
    assert CurrentRecord.objects.count() == 2


def test_of_two_hosts_only_one_moves_the_position(reader):
    """The slower host's report changes nothing: the position is where the faster one left it."""
    rows(4)

    def slow(batch):
        reader.seen += [row.seq for row in batch]
        if len(reader.seen) == 2:
            step(Consumer("reader", reader.take, batch=4))

    step(Consumer("reader", slow, batch=2))
    assert position().seq == 4


def test_every_action_is_followed(reader):
    rows(1)
    withdraw("visit:v0")
    step(reader.consumer)
    assert reader.seen == [1, 2]


def test_the_command_catches_up_and_ends(reader):
    rows(5)
    call_command("follow", once=True)
    assert reader.seen == [1, 2, 3, 4, 5]


def a_picture(width, height, form="PNG", mode="RGB", **options):
    buffer = io.BytesIO()
    Image.new(mode, (width, height), (200, 0, 0, 100)[: len(mode)]).save(buffer, form, **options)
    return buffer.getvalue()


def publish_picture(content, media_type="image/png", width=8, height=6, slug="a"):
    sha256 = files.expose(io.BytesIO(content), media_type=media_type, width=width, height=height)
    publish(
        document("visit", slug, media=[picture(sha256, width=width, height=height, type=media_type)]),
        files=frozenset({sha256}),
    )
    return sha256


def ready_picture(uid="visit:a"):
    return json.loads(CurrentRecord.objects.get(uid=uid).ready)["media"][0]


def test_renditions_come_to_the_current_records():
    sha256 = publish_picture(a_picture(700, 350), width=700, height=350)
    assert ready_picture()["url"] == f"/media/{sha256}/original.png"
    assert ready_picture()["renditions"] == []
    before = CurrentRecord.objects.get().etag
    assert step(CONSUMER) == 1
    made = ready_picture()["renditions"]
    assert [(each["width"], each["height"], each["type"]) for each in made] == [
        (width, height, f"image/{form}")
        for form in ("avif", "webp")
        for width, height in ((320, 160), (640, 320), (700, 350))
    ]
    for rendition in Rendition.objects.all():
        with files.storage().open(rendition.name) as source, Image.open(source) as opened:
            assert opened.size == (rendition.width, rendition.height)
            assert opened.format.lower() == rendition.format
    assert CurrentRecord.objects.get().etag != before
    assert CurrentRecord.objects.get().version == 1


def test_renditions_are_made_once():
    content = a_picture(100, 50)
    publish_picture(content, width=100, height=50)
    step(CONSUMER)
    names = set(Rendition.objects.values_list("pk", flat=True))
    publish_picture(content, width=100, height=50, slug="b")
    step(CONSUMER)
    assert set(Rendition.objects.values_list("pk", flat=True)) == names
    assert len(ready_picture("visit:b")["renditions"]) == 2


def test_pictures_turned_on_their_side_and_with_transparency():
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x8825] = {1: "N"}
    publish_picture(a_picture(60, 40, "JPEG", exif=exif), "image/jpeg", 40, 60)
    publish_picture(a_picture(60, 40, mode="RGBA"), slug="b")
    step(CONSUMER)
    turned = Rendition.objects.get(format="webp", height=60)
    with files.storage().open(turned.name) as source, Image.open(source) as opened:
        assert opened.size == (40, 60)
        assert not opened.getexif()
    clear = Rendition.objects.get(format="webp", height=40)
    with files.storage().open(clear.name) as source, Image.open(source) as opened:
        assert opened.mode == "RGBA"


def test_what_cannot_be_decoded_keeps_its_original_alone():
    publish_picture(b"no picture at all")
    publish_picture(a_picture(60, 40)[:-30], slug="b")
    assert step(CONSUMER) == 2
    assert not Rendition.objects.exists()
    assert ready_picture()["url"]


def test_pictures_are_never_enlarged():
    assert widths_for(100) == [100]
    assert widths_for(320) == [320]
    assert widths_for(700) == [320, 640, 700]
    assert widths_for(1920) == [320, 640, 960, 1280, 1920]
    assert widths_for(5000) == [320, 640, 960, 1280, 1920]


def test_a_file_without_renditions_is_left_alone():
    sha256 = files.expose(io.BytesIO(b"a,b\n"), media_type="text/csv")
    publish(document("visit", "a"), files=frozenset({sha256}))
    assert step(CONSUMER) == 1
    assert PublicFile.objects.get().name.endswith("original.csv")


def test_the_same_content_is_stored_once():
    one = files.expose(io.BytesIO(b"a,b\n"), media_type="text/csv")
    two = files.expose(io.BytesIO(b"a,b\n"), media_type="text/csv")
    assert one == two
    assert PublicFile.objects.count() == 1
