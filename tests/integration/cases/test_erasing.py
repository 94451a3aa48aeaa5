"""Erasing personal data, and keys that are replaced."""

import datetime
import io
import json
import os

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.utils import timezone

from portal.cases.kinds import KINDS
from portal.cases.models import Case, Erasure, PersonalIndex, PersonalValue
from portal.cases.personal import erasing, rotating
from portal.cases.personal.erasing import Closed, erase, erase_due
from portal.cases.personal.reading import find, read
from portal.cases.personal.wrapped import Personal
from portal.core import periodic
from tests.factories.cases_personal import EMAIL, NAME, OFFICER, PHONE, a_case, say

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)


def test_erasing_leaves_the_case_and_says_so():
    case, other = a_case(), a_case()
    assert erase(case, ground=Erasure.Ground.REQUEST, now=NOW) == 3
    assert read(case, fields=["name", "phone"], **OFFICER) == {}
    assert find("phone", Personal(PHONE), **OFFICER) == [other.pk]
    assert Case.objects.count() == 2
    assert list(Erasure.objects.values_list("reference", "ground", "at", "values")) == [
        (case.reference, "request", NOW, 3)
    ]
    assert erase(case, ground=Erasure.Ground.REQUEST, now=NOW) == 0
    assert Erasure.objects.count() == 1


def test_what_is_past_its_time_is_erased_in_batches(monkeypatch):
    monkeypatch.setattr(erasing, "_BATCH", 2)
    due, kept = [a_case(name=NAME) for _ in range(5)], [a_case(name=NAME) for _ in range(2)]
    ago = {days: NOW - datetime.timedelta(days=days) for days in (29, 30, 400)}
    Case.objects.update(closed_at=ago[30])
    closed = [Closed(case.pk, ago[30], 30) for case in due]
    closed += [Closed(kept[0].pk, ago[29], 30), Closed(kept[1].pk, None, 0), Closed(10**9, ago[400], 30)]
    assert erase_due(iter(closed), NOW) == 5
    assert set(PersonalValue.objects.values_list("case_id", flat=True)) == {case.pk for case in kept}
    assert set(Erasure.objects.values_list("reference", "ground")) == {(case.reference, "retention") for case in due}
    assert erase_due(closed, NOW) == 0


def test_a_case_that_was_reopened_meanwhile_is_left_alone():
    case = a_case()
    assert erase_due([Closed(case.pk, NOW - datetime.timedelta(days=30), 30)], NOW) == 0
    assert PersonalValue.objects.filter(case=case).count() == 3
    assert not Erasure.objects.exists()


def test_each_kind_keeps_for_its_own_time_and_the_counted_case_stays():
    now = timezone.now()
    cases = {}
    for kind in ("consumer-complaint", "consultation"):
        for days in (-1, 0, 1):
            case = a_case()
            closed_at = now - datetime.timedelta(days=KINDS[kind].retention_days + days)
            Case.objects.filter(pk=case.pk).update(kind=kind, closed_at=closed_at)
            cases[kind, days] = case
    is_open = a_case()
    assert "cases.erasing" in periodic.registered()
    assert erasing.erase_past_time() == 4 * 3
    left = {is_open.pk, cases["consumer-complaint", -1].pk, cases["consultation", -1].pk}
    assert set(PersonalValue.objects.values_list("case_id", flat=True)) == left
    assert Case.objects.count() == 7
    assert Erasure.objects.count() == 4
    assert erasing.erase_past_time() == 0


def replace_keys(settings, *names: str) -> None:
    """Put a new key before those of these settings."""
    for name in names:
        setattr(settings, name, {"new": os.urandom(32)} | getattr(settings, name))


def rotate(**options) -> str:
    output = io.StringIO()
    call_command("personal_data", "rotate", stdout=output, **options)
    return output.getvalue()


def test_keys_are_replaced(settings):
    cases = [a_case(name=f"第{number}人", phone=f"091234567{number}") for number in range(5)]
    replace_keys(settings, "PERSONAL_DATA_KEYS", "PERSONAL_INDEX_KEYS")
    say(cases[0], 2, email=EMAIL)
    assert find("phone", Personal("0912345673"), **OFFICER) == [cases[3].pk]
    assert "10 values and 5 hashes" in rotate(batch=3)
    for name in ("PERSONAL_DATA_KEYS", "PERSONAL_INDEX_KEYS"):
        setattr(settings, name, {"new": getattr(settings, name)["new"]})
    assert {each.missing == [] and set(each.rows) == {"new"} for each in rotating.in_use()} == {True}
    for number, case in enumerate(cases):
        assert read(case, fields=["name"], **OFFICER)["name"].reveal() == f"第{number}人"
        assert find("phone", Personal(f"091234567{number}"), **OFFICER) == [case.pk]
    assert find("email", Personal(EMAIL), **OFFICER) == [cases[0].pk]
    assert "0 values and 0 hashes" in rotate()


def test_a_rotation_that_was_cut_off_goes_on(settings):
    for _ in range(5):
        a_case(name=NAME)
    replace_keys(settings, "PERSONAL_DATA_KEYS")
    next(rotating.rotate(2))
    assert rotating.in_use()[0].rows == {"new": 2, "development": 3}
    assert "3 values and 0 hashes" in rotate()


def test_only_hashes_are_made_anew_where_only_their_key_is_new(settings):
    case = a_case()
    settings.PERSONAL_INDEX_KEYS = {"new": os.urandom(32)}
    assert find("phone", Personal(PHONE), **OFFICER) == []
    [warning] = run_checks(databases=["default"], tags=["database"])
    assert (warning.id, "development" in warning.msg) == ("cases.W001", True)
    assert "0 values and 2 hashes" in rotate()
    assert find("phone", Personal(PHONE), **OFFICER) == [case.pk]
    assert run_checks(databases=["default"], tags=["database"]) == []


def test_a_missing_key_is_named_by_rotation_status_and_checks(settings):
    a_case()
    settings.PERSONAL_DATA_KEYS = {"new": os.urandom(32)}
    replace_keys(settings, "PERSONAL_INDEX_KEYS")
    say(Case.objects.get(), 2, name=NAME)
    with pytest.raises(
        CommandError, match="3 values are under keys that PERSONAL_DATA_KEYS does not hold: development"
    ):
        rotate()
    output = io.StringIO()
    call_command("personal_data", "status", stdout=output)
    values, _hashes = json.loads(output.getvalue())
    assert values == {
        "setting": "PERSONAL_DATA_KEYS",
        "current": "new",
        "rows": {"development": 3, "new": 1},
        "missing": ["development"],
    }
    [error] = run_checks(databases=["default"], tags=["database"])
    assert (error.id, "development" in error.msg) == ("cases.E001", True)
    assert PersonalIndex.objects.filter(key="development").count() == 2


def test_an_altered_value_does_not_hold_up_the_others(settings):
    altered, _other = a_case(name=NAME), a_case(name=NAME)
    row = PersonalValue.objects.get(case=altered)
    PersonalValue.objects.filter(pk=row.pk).update(event=9)
    replace_keys(settings, "PERSONAL_DATA_KEYS")
    with pytest.raises(CommandError, match=f"1 values were altered and cannot be read: {row.pk}"):
        rotate(batch=1)
    assert rotating.in_use()[0].rows == {"new": 1, "development": 1}
