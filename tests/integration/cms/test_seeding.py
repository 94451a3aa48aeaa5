"""Seeding: fixtures become published records once, editors' work is kept, and what is wrong is told at its line."""

import io
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.models import Page

from cms.models import CityPage, PlainPage, SeededRecord, VisitPage
from cms.seeding import seed as seeding
from portal.publication import selectors
from portal.publication.models import CurrentRecord, LogRow
from portal.statistics.models import Table
from tests.factories.pages import add, change, changing, history, home, section, send, signed_in

HOME = """
uid: page:home
slug: home
title: {zh-Hant: 首頁, en: Home}
"""
CITIES = """
uid: page:cities
slug: cities
title: {zh-Hant: 城市列表, en: Cities}
section: city
"""
BUSAN = """
uid: city:busan
slug: busan
title: {zh-Hant: 釜山, en: Busan}
country: KR
kind: sister
location: {latitude: "35.1796", longitude: "129.0756"}
"""
VISIT = """
uid: visit:one
slug: one
title: {zh-Hant: 來訪, en: A visit}
english: machine
body:
  - id: words
    type: text
    value:
      zh-Hant: <p>來自<a href="record:city:busan">釜山</a></p>
      en: <p>From <a href="record:city:busan">Busan</a></p>
dates: {start: 2022-03-14, end: 2022-03-14, ongoing: false, precision: day}
relations:
  cities: [city:busan]
topics: [topic:education]
direction: inbound
mode: in-person
people:
  - role: leader
    name: {zh-Hant: 王小明, en: null}
    name_status: unverified
source:
  - proves: [dates]
    document: report-2022H1
    section: 壹
    quote: 111年3月14日
"""
DATASET = """
uid: dataset:counts
slug: counts
title: {zh-Hant: 統計, en: Counts}
dates: {start: 2022-01-01, end: 2022-06-30, ongoing: false, precision: half-year}
measures:
  - {code: number, label: {zh-Hant: 件數, en: Cases}, unit: case}
frequency: half-yearly
licence: OGDL-Taiwan-1.0
"""
TABLE = "period,measure,value,status,note_zh,note_en\n2022-H1,number,12,normal,,\n"

TEXT = """
body:
  - {id: a, type: text, value: {zh-Hant: '<p>{{dataset:counts number.2022-H1}}件</p>', en: null}}
""".lstrip()

FILES = {
    "records/pages/home.yaml": HOME,
    "records/pages/cities.yaml": CITIES,
    "records/cities/busan.yaml": BUSAN,
    "records/visits/one.yaml": VISIT,
    "records/datasets/counts.yaml": DATASET,
    "tables/counts.csv": TABLE,
}
UIDS = {"page:home", "page:cities", "city:busan", "visit:one", "dataset:counts"}


@pytest.fixture
def folder(tmp_path):
    """A folder of small fixtures."""
    write(tmp_path / "fixtures", FILES)
    return tmp_path / "fixtures"


def write(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"), "utf-8")


@pytest.fixture
def run(db, folder, django_capture_on_commit_callbacks):
    """Run the command and return what it says."""

    def seed(**options):
        said = io.StringIO()
        with django_capture_on_commit_callbacks(execute=True):
            call_command("seed", fixtures=folder, stdout=said, **options)
        return said.getvalue().strip()

    return seed


@pytest.fixture
def counts(run):
    """Added, updated, kept, removed."""

    def seed(**options):
        return tuple(int(number) for number in re.findall(r"\d+", run(**options)))

    return seed


@pytest.fixture(autouse=True)
def a_root(db):
    """Wagtail's own root, which an emptied database lacks, and nothing below it."""
    home()
    with changing():
        PlainPage.objects.get().delete()


def document(uid):
    return selectors.versions(uid)[-1].document


def public():
    return set(CurrentRecord.objects.filter(state="public").values_list("uid", flat=True))


def test_fixtures_become_records(counts):
    assert counts() == (5, 0, 0, 0)
    assert public() == UIDS
    said = document("visit:one")
    assert said["path"] == "/visits/one/"
    assert said["relations"]["cities"] == ["city:busan"]
    assert 'href="record:city:busan"' in said["body"][0]["value"]["zh-Hant"]
    assert said["body"][0]["id"] == "words"
    assert set(said["translation"]["en"].values()) == {"machine"}
    assert said["source"][0]["quote"] == "111年3月14日"
    assert document("city:busan")["location"] == {"latitude": "35.1796", "longitude": "129.0756"}
    assert document("dataset:counts")["table"]["rows"] == 1
    assert CityPage.objects.get().get_parent().specific.uid == "page:cities"
    assert VisitPage.objects.get().get_parent().specific.uid == "page:home"


def test_seeding_again_adds_nothing(counts):
    counts()
    rows = LogRow.objects.count()
    assert counts() == (0, 0, 5, 0)
    assert LogRow.objects.count() == rows


@pytest.mark.parametrize(
    "cited",
    ["{{dataset:counts number.2022-H1}}", '<a href="figure:dataset:counts/number.2022-H1">12</a>'],
)
def test_a_figure_in_a_text_is_of_the_dataset_that_comes_with_it(counts, folder, cited):
    text = TEXT.replace("{{dataset:counts number.2022-H1}}", cited)
    write(folder, {"records/pages/home.yaml": HOME + text})
    counts()
    [block] = document("page:home")["body"]
    assert block["value"]["zh-Hant"] == '<p><a href="figure:dataset:counts/number.2022-H1">12</a>件</p>'
    assert [(each["version"], each["value"]) for each in block["figures"]] == [(1, "12")]
    write(folder, {"tables/counts.csv": TABLE.replace("12", "13")})
    assert counts()[1] == 1
    assert document("page:home")["body"] == [block]
    write(
        folder,
        {
            "tables/counts.csv": TABLE.replace("12", "14"),
            "records/pages/home.yaml": HOME + text.replace("件", "筆"),
        },
    )
    assert counts()[1] == 2
    [block] = document("page:home")["body"]
    assert [(each["version"], each["value"]) for each in block["figures"]] == [(3, "14")]


def test_an_editor_s_edit_is_kept(counts, folder):
    counts()
    send(signed_in(), VisitPage.objects.get(), headline_zh_hant="編輯改的")
    write(folder, {"records/visits/one.yaml": VISIT.replace("來訪", "新的來訪")})
    assert counts() == (0, 0, 5, 0)
    assert document("visit:one")["title"]["zh-Hant"] == "編輯改的"


def test_an_editor_s_draft_is_kept(counts, folder):
    counts()
    change(VisitPage.objects.get(), publish=False, headline_zh_hant="草稿")
    write(folder, {"records/visits/one.yaml": VISIT.replace("來訪", "新的來訪")})
    assert counts() == (0, 0, 5, 0)
    assert VisitPage.objects.get().get_latest_revision_as_object().headline_zh_hant == "草稿"


def test_what_an_editor_took_back_stays_away(counts, folder):
    counts()
    editor = signed_in()
    editor.post(reverse("wagtailadmin_pages:unpublish", args=[VisitPage.objects.get().pk]))
    editor.post(reverse("wagtailadmin_pages:delete", args=[CityPage.objects.get().pk]))
    write(folder, {"records/visits/one.yaml": VISIT.replace("來訪", "新的來訪")})
    assert counts()[:2] == (0, 0)
    assert public() == UIDS - {"visit:one", "city:busan"}


def test_a_record_of_the_same_uid_that_an_editor_made_is_kept(counts):
    add(VisitPage, publish=True, parent=home(), uid="visit:one", slug="one", headline_zh_hant="編輯的")
    counts()
    assert document("visit:one")["title"]["zh-Hant"] == "編輯的"


def test_a_change_of_a_fixture_comes_along(counts, folder):
    counts()
    changed = {
        "records/visits/one.yaml": VISIT.replace("來訪", "新的來訪"),
        "tables/counts.csv": TABLE.replace("12", "13"),
        "records/cities/daegu.yaml": BUSAN.replace("busan", "daegu").replace("釜山", "大邱"),
    }
    write(folder, changed)
    assert counts() == (1, 2, 3, 0)
    assert document("visit:one")["title"]["zh-Hant"] == "新的來訪"
    assert history("visit:one") == history("dataset:counts") == ["publish", "publish"]
    assert history("city:busan") == ["publish"]
    assert counts() == (0, 0, 6, 0)


def test_the_english_of_a_machine_that_was_reviewed_comes_along(counts, folder):
    counts()
    write(folder, {"records/visits/one.yaml": VISIT.replace("english: machine", "english: current")})
    assert counts()[1] == 1
    assert set(document("visit:one")["translation"]["en"].values()) == {"current"}


def test_removing_withdraws_what_is_as_seeded(counts):
    counts()
    send(signed_in(), VisitPage.objects.get(), headline_zh_hant="編輯改的")
    assert counts(remove=True) == (0, 0, 1, 4)
    assert public() == {"visit:one"}
    assert history("city:busan") == ["publish", "withdraw"]
    assert counts(remove=True) == (0, 0, 1, 0)


def test_seeding_after_removing(counts):
    counts()
    counts(remove=True)
    assert public() == set()
    assert counts() == (5, 0, 0, 0)
    assert public() == UIDS
    assert history("city:busan") == ["publish", "withdraw", "publish"]
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_fixture_for_a_private_section(counts, folder):
    """It is published where nobody sees it, and that is no fault."""
    counts()
    cities = PlainPage.objects.get(uid="page:cities")
    signed_in().post(reverse("wagtailadmin_pages:set_privacy", args=[cities.pk]), {"restriction_type": "login"})
    write(folder, {"records/cities/daegu.yaml": BUSAN.replace("busan", "daegu").replace("釜山", "大邱")})
    assert counts()[0] == 1
    assert "city:daegu" not in public()
    assert counts()[0] == 0


def test_what_was_redacted_is_not_seeded_again(counts, django_capture_on_commit_callbacks):
    counts()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("publication", "redact", "visit:one", ground="法", authority="府", verbosity=0)
    counts()
    assert history("visit:one") == ["publish", "redact"]


def test_a_seed_cut_off_leaves_nothing(run, monkeypatch):
    def cut(*_args, **_options):
        raise RuntimeError("the power goes")

    for place, name in ((seeding.SeededRecord.objects, "update_or_create"), (seeding, "_publish")):
        before = Page.objects.count(), LogRow.objects.count()
        with monkeypatch.context() as power:
            power.setattr(place, name, cut)
            with pytest.raises(RuntimeError):
                run()
        assert (Page.objects.count(), LogRow.objects.count()) == before
        assert not SeededRecord.objects.exists()
    run()
    assert public() == UIDS


WRONG = {
    "an unknown city": ("records/visits/one.yaml", VISIT.replace("[city:busan]", "[city:nowhere]"), 13, "city:nowhere"),
    "a link to nothing": (
        "records/visits/one.yaml",
        VISIT.replace("record:city:busan", "record:city:nowhere"),
        6,
        "city:nowhere",
    ),
    "bad YAML": ("records/visits/one.yaml", VISIT.replace("mode: in-person", "mode: [in-person"), 17, ""),
    "a duplicate uid": ("records/visits/two.yaml", VISIT, 1, "one.yaml"),
    "an end before its start": (
        "records/visits/one.yaml",
        VISIT.replace("end: 2022-03-14", "end: 2022-03-13"),
        11,
        "",
    ),
    "no Chinese title": ("records/visits/one.yaml", VISIT.replace("zh-Hant: 來訪, ", ""), 3, "title"),
    "an empty Chinese title": ("records/visits/one.yaml", VISIT.replace("zh-Hant: 來訪", "zh-Hant: ''"), 3, "title"),
    "no title": ("records/visits/one.yaml", VISIT.replace("title:", "name:"), 1, "title"),
    "an unknown topic": ("records/visits/one.yaml", VISIT.replace("topic:education", "topic:magic"), 14, "topic:magic"),
    "an unknown drawing": (
        "records/visits/one.yaml",
        VISIT + "media:\n  - {drawing: no-such-drawing, alt: {zh-Hant: 圖, en: Picture}, illustration: true}\n",
        27,
        "no-such-drawing",
    ),
    "an unknown member": ("records/visits/one.yaml", VISIT + "colour: red\n", 1, "colour"),
    "an unknown code": ("records/visits/one.yaml", VISIT.replace("inbound", "sideways"), 15, "sideways"),
    "an impossible day": (
        "records/visits/one.yaml",
        VISIT.replace("end: 2022-03-14", "end: 2022-02-30"),
        11,
        "2022-02-30",
    ),
    "no day": (
        "records/visits/one.yaml",
        VISIT.replace("start: 2022-03-14, end: 2022-03-14", "start: null, end: null"),
        11,
        "",
    ),
    "a uid of another type": ("records/visits/one.yaml", VISIT.replace("visit:one", "city:one"), 1, "uid"),
    "a slug that is no address": ("records/visits/one.yaml", VISIT.replace("slug: one", "slug: Not One"), 2, ""),
    "a slug that another has": (
        "records/visits/two.yaml",
        VISIT.replace("uid: visit:one", "uid: visit:two"),
        2,
        "one",
    ),
    "an address that the site needs": (
        "records/pages/api.yaml",
        "uid: page:api\nslug: api\ntitle: {zh-Hant: 介面, en: API}\n",
        2,
        "api",
    ),
    "a title that is too long": ("records/visits/one.yaml", VISIT.replace("來訪", "來" * 300), 3, ""),
    "an unknown country": ("records/cities/busan.yaml", BUSAN.replace("KR", "ZZ"), 4, ""),
    "pictures that are no list": ("records/visits/one.yaml", VISIT + "media: none\n", 26, ""),
    "a picture without words": ("records/visits/one.yaml", VISIT + "media:\n  - {drawing: city-keys}\n", 27, "alt"),
    "a body that is no list": ("records/pages/home.yaml", HOME + "body: 5\n", 4, ""),
    "a body of texts": ("records/pages/home.yaml", HOME + "body: [text]\n", 4, ""),
    "a picture block without picture": ("records/pages/home.yaml", HOME + "body: [{id: a, type: picture}]\n", 4, ""),
    "relations that are none": (
        "records/visits/one.yaml",
        VISIT.replace("relations:\n  cities: [city:busan]", "relations: null"),
        12,
        "",
    ),
    "dates that are text": ("records/pages/home.yaml", HOME + "dates: yesterday\n", 4, ""),
    "a list": ("records/visits/one.yaml", "- uid: visit:one\n", 1, ""),
    "an empty file": ("records/visits/one.yaml", "", 1, ""),
    "two records in a file": ("records/visits/one.yaml", VISIT + "---\n" + VISIT, 26, ""),
    "a table that is missing": ("tables/counts.csv", None, 1, ""),
    "an unknown measure": ("tables/counts.csv", TABLE.replace("number", "weight"), 2, "weight"),
    "a value that is no number": ("tables/counts.csv", TABLE.replace(",12,", ",a dozen,"), 2, ""),
    "a column that is missing": ("tables/counts.csv", TABLE.replace("period,", ""), 1, ""),
    "measures of one code": (
        "records/datasets/counts.yaml",
        DATASET.replace("frequency", "  - {code: number, label: {zh-Hant: 件, en: x}, unit: case}\nfrequency"),
        6,
        "number",
    ),
    "an observation that is not there": (
        "records/pages/home.yaml",
        HOME
        + "body:\n"
        + "  - {id: a, type: figure, dataset: dataset:counts, key: number.2021, label: {zh-Hant: 數, en: No.}}\n",
        5,
        "number.2021",
    ),
    "a figure in a text that is not there": (
        "records/pages/home.yaml",
        HOME + TEXT.replace("2022-H1", "2021"),
        5,
        "number.2021",
    ),
    "a figure in a text of no dataset": (
        "records/pages/home.yaml",
        HOME + TEXT.replace("dataset:counts", "dataset:none"),
        5,
        "dataset:none",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_at_its_line(run, folder, name):
    file, text, line, words = WRONG[name]
    if text is None:
        (folder / file).unlink()
        file = "records/datasets/counts.yaml"
    else:
        write(folder, {file: text})
    before = Page.objects.count(), LogRow.objects.count(), Table.objects.count(), get_image_model().objects.count()
    with pytest.raises(CommandError) as refused:
        run()
    told = [said for said in str(refused.value).splitlines() if str(folder / file) in said]
    assert told, str(refused.value)
    assert any(said.startswith(f"{folder / file}:{line}:") and words in said for said in told), told
    after = Page.objects.count(), LogRow.objects.count(), Table.objects.count(), get_image_model().objects.count()
    assert after == before
    assert not SeededRecord.objects.exists()


def test_everything_wrong_is_told_at_once(run, folder):
    write(
        folder,
        {
            "records/visits/one.yaml": VISIT.replace("city:busan", "city:nowhere").replace(
                "topic:education", "topic:x"
            ),
            "records/cities/busan.yaml": BUSAN.replace("title", "name"),
        },
    )
    with pytest.raises(CommandError) as refused:
        run()
    assert str(refused.value).count(str(folder)) >= 3


def test_the_real_fixtures(db, django_capture_on_commit_callbacks):
    """The portal's own content goes through, its pictures are drawn once, and going through again changes nothing."""
    folder = Path(settings.BASE_DIR) / "fixtures"
    with django_capture_on_commit_callbacks(execute=True):
        outcome = seeding.seed(folder)
    assert len(outcome.added) == len(public()) == len(list(folder.glob("records/*/*.yaml")))
    drawn, rows = get_image_model().objects.count(), LogRow.objects.count()
    with django_capture_on_commit_callbacks(execute=True):
        again = seeding.seed(folder)
    assert (again.added, again.updated) == ([], [])
    assert (get_image_model().objects.count(), LogRow.objects.count()) == (drawn, rows)
    assert section("visit").get_children().count() == 7
