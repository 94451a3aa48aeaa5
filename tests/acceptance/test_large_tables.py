"""Tables of a million observations as files: read and stored in little memory, refused by their last line."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.utils import translation

from cms.models import DatasetPage
from portal.statistics.models import Table
from portal.statistics.selectors import page as page_of
from tests.factories.pages import add, changing, draft, form_data, home, section, stream, superuser

pytestmark = [pytest.mark.acceptance, pytest.mark.django_db]

_MILLION = 1_000_000
_MEGABYTE = 1024 * 1024
_AREAS, _KINDS, _MONTHS = 40, 100, 250


@contextmanager
def growth(most: int) -> Iterator[None]:
    """The process may not need more memory than so many bytes beyond what it has."""
    status, clear = Path("/proc/self/status"), Path("/proc/self/clear_refs")
    if not clear.exists():
        pytest.skip("only Linux tells the most memory that a process had")

    def said(name: str) -> int:
        return next(int(line.split()[1]) * 1024 for line in status.read_text().splitlines() if line.startswith(name))

    clear.write_text("5")
    before = said("VmRSS")
    yield
    assert said("VmHWM") - before < most


def dataset() -> DatasetPage:
    """A dataset of 40 areas and 100 kinds, without a table."""

    def dimension(code: str, letter: str, size: int) -> dict:
        codes = [{"code": f"{letter}{n}", "label": {"zh_hant": f"第{n}項", "en": f"Item {n}"}} for n in range(size)]
        return {"type": "dimension", "value": {"code": code, "label": {"zh_hant": code, "en": code}, "codes": codes}}

    measure = {"code": "cases", "label": {"zh_hant": "件數", "en": "Cases"}, "unit": "case"}
    return add(
        DatasetPage,
        date_precision="undated",
        dimensions=stream(dimension("area", "a", _AREAS), dimension("kind", "k", _KINDS)),
        measures=stream({"type": "measure", "value": measure}),
    )


def million(last: str = "7") -> TemporaryUploadedFile:
    """A CSV file of a million observations, the last of which has another value."""
    file = TemporaryUploadedFile("million.csv", "text/csv", 0, None)
    file.write(b"period,measure,area,kind,value,status,note_zh,note_en\n")
    for month in range(_MONTHS):
        lines = [
            f"{2000 + month // 12}-{month % 12 + 1:02d},cases,a{area},k{kind},{area * kind},,,\n"
            for area in range(_AREAS)
            for kind in range(_KINDS)
        ]
        if month == _MONTHS - 1:
            lines[-1] = lines[-1].replace(f",{(_AREAS - 1) * (_KINDS - 1)},,", f",{last},,")
        file.write("".join(lines).encode())
    file.size = file.tell()
    file.seek(0)
    return file


def form(page: DatasetPage, file: TemporaryUploadedFile):
    """The edit form with a file."""
    edited = draft(page)
    form_class = DatasetPage.get_edit_handler().get_form_class()
    files = {"table_file": file}
    return form_class(form_data(edited), files, instance=edited, parent_page=section("dataset"), for_user=superuser())


def test_a_million_observations_are_stored_in_little_memory():
    home()
    page, file = dataset(), million()
    with growth(300 * _MEGABYTE), changing():
        filled = form(page, file)
        assert filled.is_valid(), filled.errors
        filled.save(commit=False).save_revision()
    digest = draft(page).table_digest
    assert Table.objects.get().rows == _MILLION
    assert page_of(digest, limit=1, measure="cases", filters={"area": "a39"}).count == _KINDS * _MONTHS


def test_the_last_of_a_million_lines_is_wrong():
    home()
    page, file = dataset(), million(last="many")
    with growth(300 * _MEGABYTE), translation.override("en"):
        filled = form(page, file)
        assert not filled.is_valid()
    assert set(filled.errors) == {"table_file"}
    [message] = filled.errors["table_file"]
    assert message.startswith(f"Line {_MILLION + 1}, value: “many” is not a decimal number")
    assert Table.objects.count() == 0
    assert draft(page).table_digest == ""


def test_one_observation_more_is_refused():
    home()
    page, file = dataset(), million()
    file.seek(0, 2)
    file.write(b"2022,cases,a0,k0,1,,,\n")
    file.seek(0)
    filled = form(page, file)
    assert not filled.is_valid()
    assert str(_MILLION) in str(filled.errors["table_file"])
    assert Table.objects.count() == 0


def test_half_a_gigabyte_is_refused_before_it_is_read():
    home()
    page = dataset()
    file = TemporaryUploadedFile("large.csv", "text/csv", 500 * _MEGABYTE, None)
    file.truncate(500 * _MEGABYTE)
    with growth(30 * _MEGABYTE):
        assert not form(page, file).is_valid()
    assert Table.objects.count() == 0
