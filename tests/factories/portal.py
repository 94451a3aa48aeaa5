"""A small portal with something of everything: one record of each type, every kind of block, a menu, a banner."""

import io

from PIL import Image

from portal.core.languages import CHINESE
from portal.opendata import making
from portal.publication import files
from portal.publication.models import Rendition
from portal.statistics.rows import Row
from portal.statistics.services import ensure_table
from portal.statistics.structure import Structure
from tests.factories.datasets import chart
from tests.factories.documents import both, day, document, person, picture, proof, publish, quantity, text_block

MONTH = {"start": "2022-05-01", "end": None, "ongoing": True, "precision": "month"}
PERIOD = {"start": "2022-02-01", "end": "2022-06-30", "ongoing": False, "precision": "period"}

#: An address of every kind of page, in Chinese.
PATHS = (
    "/",
    "/cities/",
    "/cities/busan/",
    "/exhibits/",
    "/exhibits/keys/",
    "/visits/",
    "/visits/mayor/",
    "/agreements/one/",
    "/activities/",
    "/activities/masks/",
    "/announcements/one/",
    "/alerts/one/",
    "/works/lift/",
    "/datasets/staff/",
    "/opendata/",
    "/follow/",
    "/about/",
    "/visits/mayor/versions/",
    "/visits/mayor/versions/1/",
)


def image() -> str:
    """A public picture with a rendition in each format; its SHA-256."""
    content = io.BytesIO()
    Image.new("RGB", (8, 6), "#00516a").save(content, "PNG")
    sha256 = files.expose(content, media_type="image/png", width=8, height=6)
    for name in ("avif", "webp"):
        stored = f"{sha256[:2]}/{sha256}/8.{name}"
        encoded = io.BytesIO()
        Image.new("RGB", (8, 6), "#00516a").save(encoded, name.upper())
        encoded.seek(0)
        files.storage().save(stored, encoded)
        Rendition.objects.get_or_create(file_id=sha256, width=8, format=name, defaults={"height": 6, "name": stored})
    return sha256


def dataset(slug: str = "staff") -> dict:
    """A dataset document with a stored table of three rows."""
    dimensions = [
        {
            "code": "staff",
            "label": both("人員", "Staff"),
            "codes": [
                {"code": "workers", "label": both("工級人員", "Workers")},
                {"code": "others", "label": both("其他", None)},
            ],
        }
    ]
    measures = [{"code": "headcount", "label": both("員額", "Headcount"), "unit": "person"}]
    rows = [
        Row("2022-05", "headcount", {"staff": "workers"}, "6131", "normal"),
        Row("2022-05", "headcount", {"staff": "others"}, "-287", "approximate", "約數", "About"),
        Row("2022-04", "headcount", {"staff": "others"}, None, "missing"),
    ]
    table = ensure_table(rows, structure=Structure.from_document(dimensions, measures))
    return document(
        "dataset",
        slug,
        dimensions=dimensions,
        measures=measures,
        table={"digest": table.digest, "rows": 3},
        notes=[both("讀法是推定。", None)],
        charts=[chart(description=both("工級人員6,131人。", None))],
        source=[proof("observations/headcount.workers.2022-05"), proof("observations", "notes/0")],
    )


def every_block(sha256: str) -> list[dict]:
    """One block of each type."""
    rich = '<p>市長與<a href="record:city:busan">釜山市</a>。</p><ul><li>一</li></ul><p>二<br>三</p>'
    return [
        {"id": "words", "type": "text", "value": both(rich, None)},
        {"id": "head", "type": "heading", "value": both("小標", "A heading")},
        {"id": "more", "type": "text", "value": both("<h3>再小</h3><p>字</p>", "<h3>Smaller</h3><p>Words</p>")},
        {"id": "image", "type": "picture", "picture": picture(sha256, caption=both("說明"), number=3)},
        {"id": "said", "type": "quote", "value": both("善的循環", None), "attribution": both("市長", "The Mayor")},
        {
            "id": "table",
            "type": "table",
            "caption": None,
            "header": [both("甲", "A"), both("乙", "B")],
            "rows": [[both("一", "One"), both("二", None)]],
        },
        {"id": "other", "type": "record", "uid": "activity:masks", "text": both("參見")},
        {
            "id": "count",
            "type": "figure",
            "dataset": "dataset:staff",
            "key": "headcount.workers.2022-05",
            "version": 1,
            "value": "6131",
            "unit": "person",
            "period": "2022-05",
            "label": both("員額", "Headcount"),
        },
        {"id": "lines", "type": "code", "language": "shell", "value": "curl https://portal.example/api/v1/ | grep '<'"},
        {"id": "program", "type": "code", "language": "python", "value": f"print({'1 + ' * 80}1)\n\nprint('字')"},
        {
            "id": "paper",
            "type": "file",
            "file": {"sha256": sha256, "name": "a.png", "size": 99, "type": "image/png", "title": both("圖檔")},
        },
        {
            "id": "film",
            "type": "video",
            "address": "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
            "title": both("市鑰的故事", "The story of the keys"),
        },
    ]


def publish_portal() -> str:
    """Publish it all; the SHA-256 of its picture."""
    sha256 = image()
    making.follow(publish(dataset()))
    publish(
        document(
            "exhibit",
            "keys",
            cities=("city:busan",),
            dates=MONTH,
            media=[picture(sha256), picture(sha256)],
            title=both("城市市鑰", "Keys"),
            summary=both("市鑰。", "Keys to the city."),
            topics=["topic:culture"],
        ),
        document(
            "visit",
            "mayor",
            cities=("city:busan",),
            dates=day("2022-03-17"),
            body=every_block(sha256),
            title=both("只有中文的標題", None),
            summary=both("摘要", None),
            topics=["topic:education"],
            people=[person(), person(name=both("文志康", None), name_status="unverified", title=both("處長", "Head"))],
            source=[
                proof("dates", "people/0", "body/words", "title"),
                proof("summary") | {"doubt": both("存疑", None)},
            ],
        ),
        files=frozenset({sha256}),
    )
    publish(
        document("city", "busan", title=both("釜山市", "Busan"), source=[proof("kind")], topics=["topic:culture"]),
        document("agreement", dates=day("2022-06-09") | {"end": "2022-06-10"}, source=[proof("dates")]),
        document("activity", "masks", dates=PERIOD, quantities=[quantity(), quantity("-3", status="approximate")]),
        document(
            "announcement", effective={"from": "2022-06-23", "to": None},
            contact={"name": both("櫃台", "Desk"), "phone": "07-123 4567", "email": "desk@example.org"},
        ),
        document("alert", hazard=both("危害"), remedy=both("退貨")),
        document("works", "lift", due={"date": "2022-10-31", "precision": "day"}, phase=6),
        document("page", "about", path="/about/", body=[text_block("<p>關於</p>", "<p>About</p>")]),
        document("page", "visits", path="/visits/", section="visit", title=both("訪賓", "Visitors")),
        document(
            "menu",
            items=[
                {"label": both("城市", "Cities"), "uid": None, "address": "/cities/"},
                {"label": both("來訪", "Visits"), "uid": None, "address": "/visits/"},
                {"label": both("關於", "About"), "uid": "page:about", "address": None},
                {"label": both("資料", "Data"), "uid": None, "address": "/api/v1/"},
            ],
        ),
        document("banner", link={"label": both("看"), "uid": "page:about", "address": None}),
    )  # fmt: skip
    return sha256


def english(path: str) -> str:
    """The English address of a Chinese one."""
    return f"/en{path}"


def in_both(paths: tuple[str, ...] = PATHS) -> list[tuple[str, str]]:
    """(address, language) of every page in both languages."""
    return [(path, CHINESE) for path in paths] + [(english(path), "en") for path in paths]
