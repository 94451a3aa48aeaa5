"""Internal notes: kept with the case, read by colleagues who may, and by nobody else."""

import pytest
from django.test import Client
from django.urls import reverse

from portal.cases import noting, verify
from portal.cases.kinds.fields import INTERNAL_NOTE
from portal.cases.models import Case, CaseEvent, PersonalValue, Reading
from portal.cases.refusals import MergedAlready, NotAllowed, ValuesInvalid
from tests.factories.accounts import UI_LANGUAGES
from tests.factories.cases import received
from tests.factories.cases_officers import desk, officer, verified
from tests.factories.filing import file, look, main, told
from tests.factories.pages import home, signed_in

pytestmark = pytest.mark.django_db

TEXT = "民眾情緒激動，身分證 A123456789 已核對"
MASKED = "民眾情緒激動，身分證 A12****789 已核對"


@pytest.fixture(params=UI_LANGUAGES)
def language(request):
    home()
    return request.param


def url(name, reference):
    return reverse(f"cases_desk:{name}", args=[reference])


def test_a_note_is_kept_encrypted_and_shown_masked_to_whoever_may_read(client: Client, language):
    reference, secret = file(client)
    told()
    user = officer(language=language, may_decide=True, may_read_personal=True)
    browser = verified(signed_in(user), user)
    browser.post(url("note", reference), {"version": 1, "internal_note": TEXT})
    event = CaseEvent.objects.get(type="noted")
    case = Case.objects.get()
    assert (case.version, case.state, event.data, event.actor) == (2, "received", {}, f"user:{user.pk}")
    [kept] = PersonalValue.objects.filter(case=case, event=event.number)
    assert kept.field == "internal_note"
    assert "情緒" not in bytes(kept.sealed).decode("utf-8", "ignore")
    assert "情緒" not in browser.get(url("case", reference)).content.decode()
    shown = browser.post(url("personal", reference), {"purpose": "handling"}).content.decode()
    assert MASKED in shown
    assert "A123456789" not in shown
    assert Reading.objects.filter(fields=["internal_note"], purpose="handling").count() == 1
    assert told() == []
    standing = main(look(client, reference, secret))
    assert "情緒" not in standing
    assert "內部註記" not in standing
    assert list(verify.faults()) == []


def test_notes_of_two_officers_at_once_are_both_kept(language):
    case = received()
    for name in ("lin", "mei"):
        desk(name, language=language, may_decide=True).post(
            url("note", case.reference), {"version": 1, "internal_note": f"{name} 已致電"}
        )
    assert Case.objects.get().version == 3


def test_who_may_not_take_steps_does_not_note(language):
    case = received()
    client = desk(language=language)
    assert client.post(url("note", case.reference), {"version": 1, "internal_note": "x"}).status_code == 302
    assert url("note", case.reference) not in client.get(url("case", case.reference)).content.decode()
    assert Case.objects.get().version == 1


@pytest.mark.parametrize("text", ["", "   ", "字" * (INTERNAL_NOTE.max_length + 1), "see \u202egnihtemos"])
def test_a_note_that_is_none_is_refused(text, language):
    case = received()
    response = desk(language=language, may_decide=True).post(
        url("note", case.reference), {"version": 1, "internal_note": text}
    )
    assert response.context["form"].errors.keys() == {"internal_note"}
    assert Case.objects.get().version == 1


def test_citizens_write_none():
    case = received()
    with pytest.raises(NotAllowed):
        noting.note(case_reference=case.reference, values={"internal_note": "x"}, actor="citizen")
    with pytest.raises(ValuesInvalid):
        noting.note(case_reference=case.reference, values={"note": "x"}, actor="user:1")
    assert Case.objects.get().version == 1


def test_a_merged_case_changes_no_more():
    from portal.cases.merging import merge

    case, kept = received(), received()
    merge(case_reference=case.reference, into=kept.reference, actor="user:1")
    with pytest.raises(MergedAlready):
        noting.note(case_reference=case.reference, values={"internal_note": "x"}, actor="user:1")
