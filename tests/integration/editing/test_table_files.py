"""Tables from files in the admin: read, or refused with the reason at the field, and nothing half saved."""

import datetime
import re

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import translation

from cms.models import DatasetPage
from portal.publication import selectors
from portal.statistics.models import Table
from portal.statistics.selectors import every_row
from tests.factories.filled import TABLE, filled
from tests.factories.headcount import headcount, headcount_csv
from tests.factories.pages import draft, form_data, fresh, history, section
from tests.factories.spreadsheets import ods, ods_row, ods_sheet, xlsx, zipped
from tests.factories.uploads import upload

pytestmark = pytest.mark.django_db

_HEADER = headcount_csv().splitlines()[0]
_ROWS = [line.split(",") for line in headcount_csv().replace('"', "").splitlines()]


@pytest.fixture
def send(editors, ui):
    """Send the edit form of a dataset with a file; what stands in the box is sent too."""

    def post(page: DatasetPage, name: str, content: bytes, *, action: str = "action-publish", **fields):
        data = form_data(draft(page)) | {"table_file": upload(name, content)} | fields
        data |= {action: "1"} if action else {}
        return editors(ui).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)

    return post


@pytest.fixture
def look(editors, ui):
    """Send the same form to be looked at; the fragment that comes back."""

    def post(page: DatasetPage, name: str, content: bytes, **fields) -> str:
        data = form_data(draft(page)) | {"table_file": upload(name, content)} | fields
        response = editors(ui).post(reverse("cms_dataset_check", args=[page.pk]), data)
        assert response.status_code == 200
        return response.content.decode()

    return post


def refused(response, ui: str, field: str = "table_file") -> str:
    """What is said at a field, and at no other."""
    assert response.status_code == 200
    errors = response.context["form"].errors
    assert set(errors) == {field}
    with translation.override(ui):
        return " ".join(str(message) for message in errors[field])


def said(response, ui: str) -> str:
    """The messages above the page that comes next."""
    with translation.override(ui):
        return " ".join(str(message) for message in get_messages(response.wsgi_request))


def days(count: int) -> str:
    """A table of so many days, of two series."""
    lines = []
    for place in range(count):
        day = datetime.date(2010, 1, 1) + datetime.timedelta(days=place)
        staff = "contract-staff" if place % 2 else "workers"
        lines.append(f"{day},headcount,{staff},total,{place},,,\n")
    return f"{_HEADER}\n{''.join(lines)}"


def values(digest: str) -> list[str | None]:
    return [row.value for row in every_row(digest)]


@pytest.mark.parametrize(
    "content", [headcount_csv().encode(), xlsx(_ROWS), ods(ods_sheet(*(ods_row(*row) for row in _ROWS)))]
)
def test_a_file_takes_the_place_of_the_box(send, content):
    page = headcount()
    assert send(page, "table", content, observations=headcount_csv().replace("5498", "1")).status_code == 302
    [version] = selectors.versions(page.uid)
    assert version.document["table"]["rows"] == 11
    assert values(version.document["table"]["digest"])[0] == "5498"


@pytest.mark.parametrize("action", ["", "action-publish"])
def test_big5_is_converted_and_that_is_said(send, ui, action):
    page = headcount()
    response = send(page, "table.csv", headcount_csv().encode("cp950"), action=action)
    assert response.status_code == 302
    assert ("檔案是 Big5" if ui == "zh-hant" else "The file is in Big5 (CP950)") in said(response, ui)
    noted = next(row for row in every_row(draft(page).table_digest) if row.note_zh_hant)
    assert noted.note_zh_hant == "經費來源依欄位順序推定"
    again = send(page, "table.csv", headcount_csv().encode(), action=action)
    assert "Big5" not in said(again, ui)


def test_a_new_dataset_comes_with_a_file(editors, ui):
    parent = section("dataset")
    data = form_data(filled(DatasetPage), parent=parent) | {"table_file": upload("t.csv", TABLE.encode("cp950"))}
    response = editors(ui).post(reverse("wagtailadmin_pages:add", args=["cms", "datasetpage", parent.pk]), data)
    assert response.status_code == 302
    assert values(draft(DatasetPage.objects.get()).table_digest) == ["5498"]


def test_checks_stop_the_table_of_a_file_too(send, ui):
    page = headcount()
    response = send(page, "table.csv", headcount_csv().replace("5498", "5489").encode())
    errors = response.context["form"].errors
    with translation.override(ui):
        assert "5,489 + 633 = 6,122 ≠ 6,131" in " ".join(map(str, errors["checks"]))
        again = "請重新選擇檔案" if ui == "zh-hant" else "Choose the file once more"
        assert again in " ".join(map(str, errors["table_file"]))
    assert history(page) == []
    assert Table.objects.count() == 0


def test_other_faults_of_the_form_say_that_the_file_is_needed_again(send, ui):
    page = headcount()
    response = send(page, "table.csv", headcount_csv().encode(), date_start="nonsense")
    assert set(response.context["form"].errors) == {"date_start", "table_file"}


@pytest.mark.parametrize(
    ("content", "chinese", "english"),
    [
        (headcount_csv().replace("basis", "source").encode(), "標題列應為", f"The header line is: {_HEADER}"),
        (headcount_csv().replace("8575", "many").encode(), "第 12 行，value", "Line 12, value: “many” is not"),
        (headcount_csv().encode("utf-16"), "UTF-16", "The file is in UTF-16"),
        (
            xlsx(_ROWS, lambda book: book.create_sheet("秘密").__setattr__("sheet_state", "hidden")),
            "隱藏的工作表：秘密",
            "These sheets are hidden: 秘密",
        ),
        (
            xlsx(_ROWS, lambda book: book.active.__setitem__("E4", "=E2+E3")),
            "工作表「Data」的儲存格 E4：含有公式（=E2+E3）",
            "Cell E4 of the sheet “Data”: it holds a formula (=E2+E3)",
        ),
        (
            xlsx(_ROWS, lambda book: book.active.__setitem__("E4", "=[1]Data!E4")),
            "數值取自其他檔案",
            "it takes its value from another file (=[1]Data!E4)",
        ),
        (
            xlsx(_ROWS, lambda book: book.create_sheet("More").__setitem__("A1", 1)),
            "有資料的工作表不只一個：Data, More",
            "Several sheets are not empty: Data, More",
        ),
        (zipped({"xl/workbook.xml": b"<x/>", "xl/a.xml": b"0" * 150_000_000}), "不予開啟", "It is not opened"),
        (b"PK\x03\x04 nothing", "無法讀取", "The file cannot be read"),
    ],
)
def test_bad_files_are_refused_with_the_reason(send, look, ui, content, chinese, english):
    page = headcount(headcount_csv())
    before = draft(page).table_digest
    expected = chinese if ui == "zh-hant" else english
    assert expected in refused(send(page, "table", content), ui)
    assert expected in look(page, "table", content)
    assert Table.objects.count() == 1
    assert draft(page).table_digest == before
    assert history(page) == []


def test_a_file_that_is_too_large_is_refused_by_the_setting(send, look, ui, settings):
    settings.DATASET_UPLOAD_MAX_BYTES = 1000
    page = headcount()
    response = send(page, "table.csv", b"x" * 1001)
    assert "DATASET_UPLOAD_MAX_BYTES" in refused(response, ui)
    assert "1001" in refused(response, ui).replace(",", "").replace("\u00a0", " ")
    assert "DATASET_UPLOAD_MAX_BYTES" in look(page, "table.csv", b"x" * 1001)


def test_a_table_that_is_too_long_is_refused_by_the_settings(send, ui, settings):
    settings.DATASET_CSV_MAX_ROWS, settings.DATASET_SHEET_MAX_ROWS = 10, 9
    page = headcount()
    for content, most in ((headcount_csv().encode(), 10), (xlsx(_ROWS), 9)):
        told = refused(send(page, "table", content), ui)
        assert (f"超過 {most} 筆" if ui == "zh-hant" else f"more than {most} observations") in told


def test_a_small_file_is_given_back_to_be_edited(look, ui):
    fragment = look(
        headcount(), "t.xlsx", xlsx([*_ROWS[:1], ["111年5月", "員額", "工級人員", "合計", "6131", "", "", ""]])
    )
    entered = re.search(r"<textarea data-entered[^>]*>(.*)</textarea>", fragment, re.DOTALL).group(1)
    assert entered == f"{_HEADER}\n2022-05,headcount,workers,total,6131,normal,,\n"


def test_a_file_is_compared_with_what_is_published(look, ui):
    page = headcount(headcount_csv(), publish=True)
    fragment = look(page, "t.csv", headcount_csv().replace("1705", "1700").encode())
    assert "<del>1,705</del> → <ins>1,700</ins>" in fragment


def test_a_file_is_looked_at_whatever_else_is_wrong(look, ui):
    fragment = look(headcount(), "t.csv", headcount_csv().replace("5498", "5489").encode(), date_start="nonsense")
    assert "5,489 + 633 = 6,122 ≠ 6,131" in fragment
    assert "table_file" in fragment


# --- Tables that are too large for the form


def test_a_large_table_is_shown_and_not_sent(editors, send, look, ui):
    page = headcount()
    assert "data-entered" not in look(page, "t.csv", days(2001).encode())
    assert send(page, "t.csv", days(2001).encode(), action="").status_code == 302
    form = editors(ui).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert 'name="observations"' not in form
    assert "2010-01-01" in form
    assert "2010-02-01" not in form
    assert ("2001" in form) or ("2,001" in form)


def test_a_large_table_is_shown_as_stored_where_a_file_is_refused(send, ui):
    page = headcount()
    send(page, "t.csv", days(2001).encode(), action="")
    response = send(page, "t.csv", headcount_csv().replace("5498", "5489").encode())
    assert set(response.context["form"].errors) == {"checks", "table_file"}
    assert "2010-01-01" in response.content.decode()


@pytest.mark.parametrize("sent", [{}, {"observations": ""}, {"observations": headcount_csv()}])
def test_a_large_table_stays_unless_a_file_takes_its_place(editors, send, ui, sent):
    page = headcount()
    send(page, "t.csv", days(2001).encode(), action="")
    kept = draft(page).table_digest
    data = form_data(draft(page)) | {"headline_en": "Another title"}
    data.pop("observations", None)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert editors(ui).post(address, data | sent).status_code == 302
    assert (draft(page).table_digest, draft(page).headline_en) == (kept, "Another title")
    send(page, "t.csv", days(2002).encode(), action="")
    assert draft(page).table_digest != kept
    assert len(values(draft(page).table_digest)) == 2002


def test_a_large_table_is_checked_against_other_dimensions(editors, send, look, ui):
    page = headcount()
    send(page, "t.csv", days(2001).encode(), action="")
    kept = draft(page).table_digest
    data = form_data(draft(page))
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    response = editors(ui).post(address, data | {"dimensions-0-value-codes-0-value-code": "labourers"})
    assert "workers" in refused(response, ui, "dimensions")
    # Another order of the codes is another table.
    order = {"dimensions-0-value-codes-0-order": "2", "dimensions-0-value-codes-2-order": "0"}
    assert editors(ui).post(address, data | order).status_code == 302
    assert len(values(draft(page).table_digest)) == 2001
    assert draft(page).table_digest != kept


def test_a_form_that_does_not_mention_the_table_keeps_it(editors, ui):
    page = headcount(headcount_csv())
    data = form_data(draft(page))
    data.pop("observations")
    assert editors(ui).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data).status_code == 302
    assert len(values(draft(page).table_digest)) == 11
    assert fresh(page).live is False
