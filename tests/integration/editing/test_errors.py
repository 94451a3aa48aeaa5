"""What is wrong with a form is said at its field, in the editor's language, and nothing is saved."""

import datetime
import html
import re

import pytest
from django.urls import reverse
from wagtail.models import Page, Revision

from cms.models import AlertPage, AnnouncementPage, BannerPage, CityPage, MenuPage, PlainPage, VisitPage
from portal.publication.models import LogRow
from tests.factories.filled import FIELDS, ITEM
from tests.factories.pages import add, form_data, home, new, section, stream, text_block

pytestmark = pytest.mark.django_db

LATE, EARLY = datetime.date(2022, 3, 14), datetime.date(2022, 3, 1)
UNNAMED = {"zh_hant": "", "en": "English only"}
NOTHING = {"zh_hant": "", "en": ""}


def link(**members):
    return stream({"type": "link", "value": {"label": ITEM, "record": None, "address": ""} | members})


def table_of(chinese, english=""):
    return stream({"type": "table", "value": {"caption": NOTHING, "zh_hant": chinese, "en": english}})


#: (model, fields, field at fault, what is said in Chinese, what is said in English); each may be no more than a draft.
DRAFTS = [
    (VisitPage, {"headline_zh_hant": ""}, "headline_zh_hant", "此欄位為必填。", "This field is required"),
    (VisitPage, {"headline_zh_hant": "  "}, "headline_zh_hant", "此欄位為必填。", "This field is required"),
    (VisitPage, {"date_end": EARLY}, "date_end", "結束日早於開始日", "The last day is before the first"),
    (VisitPage, {"date_precision": "undated"}, "date_precision", "不填日期", "An undated record has no days"),
    (VisitPage, {"date_start": None}, "date_start", "請填日期", "Give a day"),
    (
        VisitPage,
        {"date_end": LATE, "date_ongoing": True},
        "date_ongoing",
        "已有結束日",
        "A record with a last day has an end",
    ),
    (VisitPage, {"slug": "taken"}, "slug", "同類紀錄已有這個網址：taken", "has this address: taken"),
    (VisitPage, {"slug": "ÄÖ ü"}, "slug", "", "Enter a valid"),
    (VisitPage, {"summary_en": "English only"}, "summary_zh_hant", "這裡只有英文", "There is English here"),
    (PlainPage, {"slug": "api"}, "slug", "這個網址由網站保留：api", "needs this address for itself: api"),
    (PlainPage, {"slug": "visits"}, "slug", "這個網址由網站保留", "needs this address for itself"),
    (AlertPage, {"withdrawn": datetime.date(2022, 3, 1)}, "withdrawn", "早於發布日", "before the day of issue"),
    (CityPage, {"longitude": None}, "longitude", "經度與緯度須", "both latitude and longitude"),
    (CityPage, {"website": "javascript:alert(1)"}, "website", "", "valid URL"),
    (
        AnnouncementPage,
        {"effective_to": datetime.date(2022, 6, 1)},
        "effective_to",
        "結束日早於開始日",
        "The last day is before",
    ),
    (
        BannerPage,
        {"ends_at": datetime.datetime(2022, 5, 1, tzinfo=datetime.UTC)},
        "ends_at",
        "結束時間須晚於開始時間",
        "The end is not after the start",
    ),
]

#: The same, for what a draft may leave open, or what stands in a block.
RECORDS = [
    (CityPage, {"country": ""}, "country", "此欄位為必填。", "This field is required"),
    (BannerPage, {"text_zh_hant": ""}, "text_zh_hant", "此欄位為必填。", "This field is required"),
    (MenuPage, {"items": link(address="javascript:alert(1)")}, "items", "請填本站網址", "An address of this site"),
    (MenuPage, {"items": link(address="//example.org/")}, "items", "請填本站網址", "An address of this site"),
    (MenuPage, {"items": link(label=UNNAMED)}, "items", "此欄位為必填。", "This field is required"),
    (
        VisitPage,
        {"people": stream({"type": "person", "value": {"role": "leader", "name": UNNAMED}})},
        "people",
        "此欄位為必填。",
        "This field is required",
    ),
    (VisitPage, {"body": table_of("一\t二\n三")}, "body", "每一列的儲存格數目要相同", "the same number of cells"),
    (VisitPage, {"body": table_of("一\t二", "One")}, "body", "英文表格的列數", "The English table needs"),
    (VisitPage, {"body": stream(text_block("", "<p>English</p>"))}, "body", "", "required"),
    (CityPage, {"website": "ftp://example.org/"}, "website", "無法發布", "This cannot be published"),
]


@pytest.fixture
def send(editors, ui):
    """Send the add form of a record, and give back the answer; nothing may have been written."""
    section("visit"), add(publish=True, slug="taken")

    def post(model, *, action="", extra=None, **fields):
        listed = model not in (PlainPage, MenuPage, BannerPage)
        parent = section(model.record_type) if listed else home()
        page = new(model, **FIELDS[model] | fields)
        data = form_data(page, parent=parent) | ({action: "1"} if action else {}) | (extra or {})
        before = [kind.objects.count() for kind in (Page, Revision, LogRow)]
        address = reverse("wagtailadmin_pages:add", args=["cms", model.__name__.lower(), parent.pk])
        response = editors(ui).post(address, data)
        if response.status_code == 200:
            assert [kind.objects.count() for kind in (Page, Revision, LogRow)] == before
        return response

    return post


def faults(response, field: str) -> str:
    """What an answer shows that finds fault with one field alone."""
    assert response.status_code == 200
    form = response.context["form"]
    assert set(form.errors) == {field}
    shown = html.unescape(response.content.decode())
    return re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), shown)


@pytest.mark.parametrize(("model", "fields", "field", "chinese", "english"), DRAFTS)
def test_not_even_a_draft(send, ui, model, fields, field, chinese, english):
    assert (chinese if ui == "zh-hant" else english) in faults(send(model, **fields), field)


@pytest.mark.parametrize(("model", "fields", "field", "chinese", "english"), RECORDS)
def test_no_record(send, ui, model, fields, field, chinese, english):
    response = send(model, action="action-publish", **fields)
    assert (chinese if ui == "zh-hant" else english) in faults(response, field)
