"""Figures that records cite: filled from the data, kept as they were published, listed to editors once corrected."""

import re

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import translation
from wagtail.models import GroupPagePermission

from cms.models import CityPage, RelatedLink
from cms.publishing import PublicationError
from portal.core.languages import CHINESE, ENGLISH
from portal.publication import selectors
from tests.factories.accounts import account
from tests.factories.filled import TABLE
from tests.factories.pages import (
    add,
    change,
    changing,
    draft,
    form_data,
    fresh,
    history,
    section,
    send,
    signed_in,
    stream,
    text_block,
)
from tests.factories.tables import KEY, correct, dataset_page, figure_block

pytestmark = pytest.mark.django_db

CORRECTED = TABLE.replace("5498", "5500")
OTHER = TABLE.replace("2022-05", "2022-06")
CITED = f"{{{{dataset:headcount {KEY}}}}}"
TEXT = text_block(f"<p>工友{CITED}人。</p>", f"<p>{CITED} workers.</p>")


def documents(page) -> list[dict]:
    """The document of every version of a record, the first first."""
    return [version.document for version in selectors.versions(page.uid)]


def figure(page) -> dict:
    """The first figure of a record's current version, without its label."""
    [block] = documents(page)[-1]["body"]
    [cited] = block.get("figures", [block])
    return {name: cited.get(name) for name in ("dataset", "key", "version", "value", "unit", "period")}


def expected(value: str, version: int) -> dict:
    same = {"dataset": "dataset:headcount", "key": KEY, "unit": "person", "period": "2022-05"}
    return same | {"value": value, "version": version}


@pytest.fixture(params=["block", "text"])
def body(request, db):
    """Both ways to cite a figure of a dataset."""
    return lambda dataset: stream(figure_block(dataset) if request.param == "block" else TEXT)


def test_a_figure_is_filled_from_the_public_version(body):
    dataset = dataset_page()
    correct(dataset, CORRECTED, publish=False)
    assert figure(add(publish=True, body=body(dataset))) == expected("5498", 1)


def test_a_record_keeps_its_figure_until_it_is_published_again(body):
    dataset = dataset_page()
    page = add(publish=True, body=body(dataset))
    correct(dataset, CORRECTED)
    assert (history(page), figure(page)) == (["publish"], expected("5498", 1))
    change(page)
    assert (history(page), figure(page)) == (["publish", "publish"], expected("5500", 2))
    change(page)
    assert history(page) == ["publish", "publish"]


def test_a_record_that_changes_otherwise_keeps_its_figure(body):
    """What it cites is published for the first time: a version that nobody asked for says nothing new of the data."""
    dataset, city = dataset_page(), add(CityPage)
    page = add(publish=True, body=body(dataset), related_links=[RelatedLink(target=city)])
    correct(dataset, CORRECTED)
    change(city)
    assert documents(page)[-1]["relations"]["related"] == [city.uid]
    assert (history(page), figure(page)) == (["publish", "publish"], expected("5498", 1))


def test_a_record_that_was_private_meanwhile_keeps_its_figure(body, editor):
    dataset = dataset_page()
    page = add(publish=True, body=body(dataset))
    privacy = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
    editor.post(privacy, {"restriction_type": "login"})
    correct(dataset, CORRECTED)
    editor.post(privacy, {"restriction_type": "none"})
    assert (history(page), figure(page)) == (["publish", "withdraw", "publish"], expected("5498", 1))


def test_a_dataset_and_what_cites_it_are_published_at_once(body):
    dataset = dataset_page()
    page = add(publish=True, body=body(dataset))
    with changing():
        draft(page).save_revision().publish()
        correct(dataset, CORRECTED)
    assert (history(page), figure(page)) == (["publish", "publish"], expected("5500", 2))


def test_a_scheduled_revision_is_no_publication_yet(body):
    dataset = dataset_page()
    page = add(publish=True, body=body(dataset))
    correct(dataset, CORRECTED)
    change(page, go_live_at="2099-01-01T00:00:00Z")
    assert (history(page), figure(page)) == (["publish"], expected("5498", 1))


def test_a_dataset_that_is_taken_back_leaves_the_figure(body):
    dataset = dataset_page()
    page = add(publish=True, body=body(dataset))
    with changing():
        fresh(dataset).unpublish()
    assert figure(page) == expected("5498", 1)
    change(page, headline_zh_hant="再發布")
    assert (history(page), figure(page)) == (["publish", "publish"], expected("5498", 1))


def test_a_block_waits_for_the_first_version_of_its_dataset():
    dataset = dataset_page(publish=False)
    page = add(publish=True, body=stream(figure_block(dataset)))
    assert documents(page)[-1]["body"] == []
    change(dataset)
    assert (history(page), figure(page)) == (["publish", "publish"], expected("5498", 1))


def test_a_block_waits_for_a_dataset_that_comes_back():
    dataset = dataset_page()
    with changing():
        fresh(dataset).unpublish()
    page = add(publish=True, body=stream(figure_block(dataset)))
    assert documents(page)[-1]["body"] == []
    change(dataset)
    assert figure(page) == expected("5498", 3)


def test_a_text_is_not_published_before_its_dataset(editor, ui, editors):
    dataset = dataset_page(publish=False)
    page = add(body=stream(TEXT))
    response = send(editors(ui), page)
    assert response.status_code == 200
    with translation.override(ui):
        [said] = response.context["form"].errors["body"]
    assert f"dataset:headcount/{KEY}" in said
    assert ("無法引用" if ui == "zh-hant" else "cannot be cited") in said
    assert send(editor, page, "").status_code == 302
    change(dataset)
    assert send(editor, page).status_code == 302
    assert figure(page) == expected("5498", 1)


def test_a_figure_that_its_dataset_no_longer_has_is_refused(body, editor):
    dataset = dataset_page()
    page = add(publish=True, body=body(dataset))
    correct(dataset, OTHER)
    assert set(send(editor, page).context["form"].errors) == {"body"}
    with pytest.raises(PublicationError, match=re.escape(f"dataset:headcount/{KEY}")):
        change(page)
    assert figure(page) == expected("5498", 1)


def test_a_missing_value_stands_in_no_text(editor):
    dataset_page(TABLE.replace("5498,normal", ",missing"))
    page = add(body=stream(TEXT))
    assert set(send(editor, page).context["form"].errors) == {"body"}
    assert history(page) == []


def test_a_text_says_the_number_and_links_back():
    dataset = dataset_page(TABLE.replace("5498", "-5498.50"))
    page = add(publish=True, body=stream(TEXT))
    [block] = documents(page)[-1]["body"]
    link = f'<a href="figure:dataset:headcount/{KEY}">−5,498.50</a>'
    assert block["value"] == {CHINESE: f"<p>工友{link}人。</p>", ENGLISH: f"<p>{link} workers.</p>"}
    assert block["figures"] == [expected("-5498.50", 1)]
    record = signed_in().get(f"/api/v1/records/{page.uid}/").json()
    [ready] = record["body"]
    assert f'href="/datasets/headcount/#figure-{KEY}"' in ready["value"][CHINESE]
    assert f'href="/en/datasets/headcount/#figure-{KEY}"' in ready["value"][ENGLISH]
    assert ready["figures"][0]["url"][CHINESE] == f"/datasets/headcount/#figure-{KEY}"
    assert [each["uid"] for each in record["related"]] == [dataset.uid]


def test_a_block_links_back():
    page = add(publish=True, body=stream(figure_block(dataset_page())))
    [block] = signed_in().get(f"/api/v1/records/{page.uid}/?lang=en").json()["body"]
    assert (block["version"], block["url"]) == (1, f"/en/datasets/headcount/#figure-{KEY}")


CITING_NOTHING = [
    "{{dataset:headcount headcount.workers.2022-06}}",
    "{{dataset:other headcount.workers.2022-05}}",
    "{{visit:headcount headcount.workers.2022-05}}",
    "{{headcount.workers.2022-05}}",
    "{{dataset:headcount/headcount.workers.2022-05}}",
    "{{dataset:headcount <b>headcount</b>.workers.2022-05}}",
    "{{dataset:headcount headcount.workers.2022-05",
    "}}",
    f"{CITED} {{{{",
]


@pytest.mark.parametrize("language", ["zh_hant", "en"])
def test_braces_that_cite_nothing_are_refused_at_their_text(editor, language):
    """All are sent to one page: what is refused leaves it as it was."""
    dataset_page()
    page = add(body=stream(text_block("<p>字</p>", "<p>Words</p>")))
    for written in CITING_NOTHING:
        block = text_block("<p>字</p>", "<p>Words</p>")
        block["value"][language] = f"<p>共{written}人</p>"
        for action in ("", "action-publish"):
            response = send(editor, page, action, body=stream(block))
            assert response.status_code == 200, written
            [at] = response.context["form"].errors["body"].as_data()[0].block_errors.values()
            assert set(at.block_errors) == {language}, written


@pytest.mark.parametrize(
    ("stored", "document"),
    [
        (f'<p><a href="https://example.org/?a={CITED}">字</a></p>', None),
        (f'<p><a href="figure:dataset:headcount/{KEY}">九千</a></p>', "<p>九千</p>"),
        (f'<p><a href="figure:javascript:alert(1)">{CITED}</a></p>', '<p><a href="figure:{}">5,498</a></p>'),
        (f'<p><a href="https://example.org/">見{CITED}</a></p>', None),
        (f'<p><a href="https://example.org/>{CITED} onmouseover=alert(1) ">字</a></p>', None),
        (f"<p>{{{{ dataset:headcount\xa0{KEY}\xa0}}}}</p>", '<p><a href="figure:{}">5,498</a></p>'),
    ],
)
def test_only_a_dataset_makes_a_link_to_a_figure(stored, document):
    dataset_page()
    page = add(publish=True, body=stream(text_block(stored)))
    [block] = documents(page)[-1]["body"]
    said = block["value"][CHINESE]
    tags = re.findall(r'<(?:[^>"]|"[^"]*")*>', said)
    assert all(re.fullmatch(r'</?p>|</a>|<a href="(https|figure):[^"]*">', each) for each in tags)
    assert all(number == "5,498" for number in re.findall(r'"figure:[^"]*">(.*?)</a>', said))
    if document:
        assert said == document.format(f"dataset:headcount/{KEY}")


def test_a_correction_of_the_data_makes_no_english_stale():
    dataset = dataset_page()
    page = add(publish=True, body=stream(TEXT))
    correct(dataset, CORRECTED)
    change(page)
    assert set(documents(page)[-1]["translation"]["en"].values()) == {"current"}
    change(page, body=stream(text_block(f"<p>工友共{CITED}人。</p>", f"<p>{CITED} workers.</p>")))
    assert "stale" in documents(page)[-1]["translation"]["en"].values()


def test_a_dataset_cites_no_figures(editor, body):
    dataset = dataset_page()
    edited = draft(dataset)
    edited.body = body(dataset)
    data = form_data(edited) | {"observations": TABLE, "action-publish": "1"}
    response = editor.post(reverse("wagtailadmin_pages:edit", args=[dataset.pk]), data)
    assert set(response.context["form"].errors) == {"body"}
    with pytest.raises(PublicationError):
        change(dataset, body=body(dataset))
    assert history(dataset) == ["publish"]


def listed(client) -> list[tuple[str, list[tuple]]]:
    """What the list of figures to look at again shows: title, and then each figure."""
    response = client.get(reverse("cms_corrections"))
    assert response.status_code == 200
    return [
        (row["title"], [(each["cited"], each["version"], each["now"], each["present"]) for each in row["figures"]])
        for row in response.context["rows"]
    ]


def messages(response, client) -> str:
    """The page that an editor comes to after the answer to a form."""
    assert response.status_code == 302
    return client.get(response.url).content.decode()


def test_a_correction_is_told_and_listed_until_the_record_is_published_again(body, editor):
    dataset = dataset_page()
    page = add(publish=True, body=body(dataset), headline_zh_hant="員額")
    add(publish=True, body=stream(text_block("<p>無</p>")))
    assert listed(editor) == []
    edited = form_data(draft(dataset)) | {"observations": CORRECTED, "action-publish": "1"}
    said = messages(editor.post(reverse("wagtailadmin_pages:edit", args=[dataset.pk]), edited), editor)
    assert "1 筆公開紀錄" in said
    assert reverse("cms_corrections") in said
    assert listed(editor) == [("員額", [("5,498人", 1, "5,500人", 2)])]
    shown = editor.get(reverse("cms_corrections")).content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in shown
    assert "公開紀錄" not in messages(send(editor, page), editor)
    assert listed(editor) == []


def test_a_figure_that_is_gone_and_a_dataset_that_is_withdrawn_are_listed(body, editors):
    editor = editors("en")
    dataset = dataset_page()
    add(publish=True, body=body(dataset), headline_en="Staff")
    correct(dataset, OTHER)
    assert listed(editor) == [("Staff", [("5,498 people", 1, None, None)])]
    assert "no such figure any more" in editor.get(reverse("cms_corrections")).content.decode()
    taking_back = reverse("wagtailadmin_pages:unpublish", args=[dataset.pk])
    assert "1 public record cites" in messages(editor.post(taking_back), editor)
    assert "not public any more" in editor.get(reverse("cms_corrections")).content.decode()


def test_a_new_version_with_the_same_figure_concerns_nobody(body, editor):
    dataset = dataset_page()
    page = add(publish=True, body=body(dataset))
    change(dataset, headline_en="Another title")
    assert listed(editor) == []
    assert figure(page)["version"] == 1


def test_whoever_may_edit_nothing_else_sees_what_hangs_on_a_dataset(body):
    dataset = dataset_page()
    page = add(publish=True, body=body(dataset), headline_zh_hant="員額")
    correct(dataset, CORRECTED)
    visitor = signed_in(account("lin", "Editors"))
    assert len(listed(visitor)) == 1
    group = Group.objects.get(name="Editors")
    GroupPagePermission.objects.filter(group=group).delete()
    GroupPagePermission.objects.create(group=group, page=section("dataset"), permission_type="change")
    shown = visitor.get(reverse("cms_corrections")).content.decode()
    assert page.record_path in shown
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) not in shown
    assert signed_in(account("nobody")).get(reverse("cms_corrections")).status_code in (302, 403)


def test_the_list_of_figures_has_the_words_that_cite_them(editors):
    editor = editors("en")
    assert "No dataset is public yet." in editor.get(reverse("cms_figures")).content.decode()
    dataset_page(TABLE + "2022-06,headcount,workers,,missing,,\r\n", headline_en="Headcount")
    assert "?dataset=dataset:headcount" in editor.get(reverse("cms_figures")).content.decode()

    def figures(**query):
        response = editor.get(reverse("cms_figures"), {"dataset": "dataset:headcount"} | query)
        return [(each["name"], each["value"], each["words"]) for each in response.context.get("figures", [])]

    first = ("Headcount · Workers", "5,498 people", CITED)
    assert figures() == [first, ("Headcount · Workers", None, CITED.replace("2022-05", "2022-06"))]
    assert figures(period="2022-05") == [first]
    assert figures(measure="headcount", **{"by-staff": "workers"}, period="2021") == []
    assert figures(after="0")[0][1] is None
    for wrong in ({"period": "soon"}, {"measure": "weight"}, {"by-staff": "nobody"}, {"dataset": "dataset:none"}):
        assert figures(**wrong) == []
    page = add(publish=True, body=stream(text_block(f"<p>{first[2]}</p>")))
    assert figure(page) == expected("5498", 1)
