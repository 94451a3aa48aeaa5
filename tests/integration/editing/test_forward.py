"""The next half-year without a developer: a dataset's shape is copied forward, and filled."""

import datetime

import pytest
from django.urls import reverse

from cms.base.document import texts_of
from cms.models import DatasetPage
from portal.publication import selectors
from tests.factories.accounts import account
from tests.factories.filled import ITEM
from tests.factories.headcount import headcount, headcount_csv
from tests.factories.pages import add, change, draft, form_data, fresh, history, link_block, signed_in, stream

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    """The report's headcount, published."""
    return headcount(headcount_csv(), publish=True)


def forward(client, page, **fields):
    """Send the form of the next dataset; what it was given by itself, unless told otherwise."""
    address = reverse("cms_dataset_forward", args=[page.pk])
    initial = client.get(address).context["form"].initial
    return client.post(address, {name: value or "" for name, value in (initial | fields).items()})


def test_the_next_dataset_is_declared_alike(editors, ui, source):
    response = forward(editors(ui), source, headline_zh_hant="下一期員額", headline_en="Headcount, November 2022")
    made = draft(DatasetPage.objects.exclude(pk=source.pk).get())
    assert response.url == reverse("wagtailadmin_pages:edit", args=[made.pk])
    assert (made.slug, made.uid, made.live) == ("headcount-november-2022", "dataset:headcount-november-2022", False)
    assert (made.date_start, made.date_end) == (datetime.date(2022, 11, 1), None)
    assert made.table_digest == ""
    old, new = texts_of(draft(source)), texts_of(made)
    for member in ("dimensions", "measures", "checks", "notes", "frequency", "licence", "coverage"):
        assert new[member] == old[member]
    assert [link.target_id for link in made.related_links.all()] == [source.pk]
    assert history(made) == []
    assert fresh(source).live


def test_it_is_filled_and_published(editor, source):
    forward(editor, source, headline_zh_hant="下一期員額", headline_en="Headcount, November 2022")
    made = DatasetPage.objects.exclude(pk=source.pk).get()
    table = headcount_csv().replace("2022-05", "2022-11")
    sent = form_data(draft(made)) | {"observations": table, "action-publish": "1"}
    assert editor.post(reverse("wagtailadmin_pages:edit", args=[made.pk]), sent).status_code == 302
    [version] = selectors.versions(made.uid)
    assert version.document["table"]["rows"] == 11
    assert version.document["relations"]["related"] == [source.uid]


def test_what_was_said_of_other_figures_stays_behind(editor, source):
    checks = draft(source).checks.get_prep_value()
    for each in checks:
        each["value"]["explanation"] = ITEM
    change(
        source,
        checks=checks,
        summary_zh_hant="八千多人",
        body=stream(link_block(add())),
        media=stream(),
    )
    forward(editor, source)
    made = draft(DatasetPage.objects.exclude(pk=source.pk).get())
    assert (made.summary_zh_hant or "", len(made.body), len(made.source)) == ("", 0, 0)
    assert all(check["explanation"] is None for check in texts_of(made)["checks"])


@pytest.mark.parametrize(
    ("frequency", "first", "last", "expected"),
    [
        ("monthly", "2022-01-31", None, ("2022-02-28", None)),
        ("quarterly", "2022-01-01", "2022-03-31", ("2022-04-01", "2022-06-30")),
        ("half-yearly", "2022-02-01", "2022-06-30", ("2022-08-01", "2022-12-31")),
        ("yearly", "2020-02-29", None, ("2021-02-28", None)),
        ("once", "2022-05-01", None, ("2022-05-01", None)),
    ],
)
def test_the_days_go_one_step_further(editor, source, frequency, first, last, expected):
    change(source, frequency=frequency, date_start=first, date_end=last, publish=False)
    initial = editor.get(reverse("cms_dataset_forward", args=[source.pk])).context["form"].initial
    days = (initial["date_start"], initial["date_end"])
    assert tuple(day and day.isoformat() for day in days) == expected


def test_what_is_undated_stays_so(editor, source):
    change(source, date_precision="undated", date_start=None, date_end=None, publish=False)
    assert forward(editor, source, headline_en="Next").status_code == 302
    assert draft(DatasetPage.objects.exclude(pk=source.pk).get()).date_precision == "undated"


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"headline_zh_hant": ""}, {"headline_zh_hant"}),
        ({"date_start": "2022-11-01", "date_end": "2022-10-01"}, {"date_end"}),
        ({"date_start": "some day"}, {"date_start"}),
        ({"date_start": ""}, {"date_start"}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(editors, ui, source, fields, wrong):
    response = forward(editors(ui), source, **fields)
    assert response.status_code == 200
    assert set(response.context["form"].errors) == wrong
    assert DatasetPage.objects.count() == 1


def test_the_action_is_offered_where_datasets_are(editors, ui, source):
    words = "沿用架構建立下一期" if ui == "zh-hant" else "Copy its shape forward"
    client, address = editors(ui), reverse("cms_dataset_forward", args=[source.pk])
    for page in (
        reverse("wagtailadmin_pages:edit", args=[source.pk]),
        reverse("wagtailadmin_explore", args=[source.get_parent().pk]),
    ):
        shown = client.get(page).content.decode()
        assert words in shown
        assert address in shown
    visit = add()
    assert words not in client.get(reverse("wagtailadmin_pages:edit", args=[visit.pk])).content.decode()


def test_only_those_who_may_add_a_dataset_make_one(client, editor, source):
    address = reverse("cms_dataset_forward", args=[source.pk])
    assert client.get(address).url.startswith("/admin/login/")
    assert signed_in(account("nobody")).get(address).status_code in (302, 403)
    assert forward(signed_in(account("lin", "Editors")), source, headline_en="Next").status_code == 302
    assert editor.get(reverse("cms_dataset_forward", args=[add().pk])).status_code == 404
