"""Synonyms, pins and the box to try, in the admin."""

import pytest
from django.urls import reverse

from search.models import Pin, Synonym
from search.trying import attempt
from tests.factories.accounts import UI_LANGUAGES, account
from tests.factories.documents import both, document, publish
from tests.factories.pages import home, signed_in
from tests.factories.searching import bring_up

pytestmark = pytest.mark.django_db


@pytest.fixture(params=UI_LANGUAGES)
def editor(request):
    home()
    publish(document("visit", "a", title=both("釜山來訪", "Busan visits")))
    bring_up()
    return signed_in(account("lin", "Editors", language=request.param))


def add(client, model, **fields):
    return client.post(reverse(f"wagtailsnippets_search_{model}:add"), fields)


def test_an_editor_enters_synonyms(editor):
    assert add(editor, "synonym", terms="釜山\n富山\n", note="").status_code == 302
    assert Synonym.objects.get().lines == ["釜山", "富山"]
    assert editor.get(reverse("wagtailsnippets_search_synonym:list")).status_code == 200


@pytest.mark.parametrize("terms", ["釜山", "釜山\n釜山", "釜山\n！！", "\n".join(map(str, range(30)))])
def test_terms_that_are_no_synonyms_are_refused_at_the_field(editor, terms):
    response = add(editor, "synonym", terms=terms, note="")
    assert response.status_code == 200
    assert response.context["form"].errors["terms"]
    assert not Synonym.objects.exists()


def test_an_editor_pins_a_public_record_once(editor):
    assert add(editor, "pin", query="釜山", uid="visit:a", position="1").status_code == 302
    assert Pin.objects.get().folded == "釜山"
    assert add(editor, "pin", query="釜山 ", uid="visit:a", position="2").context["form"].errors["uid"]
    assert add(editor, "pin", query="釜山", uid="visit:none", position="1").context["form"].errors["uid"]
    assert add(editor, "pin", query="？？", uid="visit:a", position="1").context["form"].errors["query"]


@pytest.mark.parametrize("query", ["釜山", "Kumamto 2022", "<script>", "\x00", "x" * 2000])
def test_the_box_shows_how_a_query_is_read(editor, query):
    response = editor.get(reverse("search_try"), {"q": query})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
    if query == "釜山":
        shown = response.content.decode()
        assert "visit:a" in shown and "title_zh" in shown


def test_words_that_stand_together_are_a_reason():
    publish(document("visit", "a", title=both("釜山來訪", "Busan delegation visits")))
    bring_up()
    for query, together in (("釜山來訪", True), ("Busan delegation", True), ("delegation Busan", False)):
        [tried] = attempt(query, "zh-Hant").results
        assert ("together" in {reason.token for reason in tried.reasons if not reason.field}) is together


def test_who_may_not_edit_may_not_enter(client):
    assert client.get(reverse("search_try")).status_code == 302
    assert client.get(reverse("wagtailsnippets_search_pin:list")).status_code == 302
