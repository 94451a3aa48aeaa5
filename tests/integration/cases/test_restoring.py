"""A restore: cases come back with what is kept of people; what was erased does not, and the audit has no gap."""

import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from portal.cases.models import Erasure, PersonalIndex, PersonalValue, Reading
from portal.cases.personal import triggers
from portal.cases.personal.erasing import erase
from portal.cases.personal.reading import find, read
from portal.cases.personal.wrapped import Personal
from tests.backups import dumped
from tests.factories.cases_personal import NAME, OFFICER, PHONE, a_case

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_restore(tmp_path):
    kept, erased_before, erased_after = a_case(), a_case(), a_case()
    read(kept, fields=["name"], **OFFICER)
    erase(erased_before, ground=Erasure.Ground.RETENTION, now=timezone.now())
    file = tmp_path / "portal.tar.gz"
    output = io.StringIO()
    call_command("backup", str(file), stdout=output)
    assert "PERSONAL_DATA_KEYS, PERSONAL_INDEX_KEYS" in output.getvalue()
    text = dumped(file)
    assert kept.reference in text
    assert not any(each in text for each in (NAME, NAME.encode().decode("latin-1"), "912345678", "example.org"))

    read(erased_after, fields=["name", "phone"], **OFFICER)
    erase(erased_after, ground=Erasure.Ground.REQUEST, now=timezone.now())
    lost = a_case()
    read(lost, fields=["name"], **OFFICER)
    audit = [set(table.objects.values_list("pk", flat=True)) for table in (Erasure, Reading)]
    call_command("restore", str(file), "--force", stdout=io.StringIO())

    assert set(PersonalValue.objects.values_list("case__reference", flat=True)) == {kept.reference}
    assert PersonalIndex.objects.count() == 2
    assert [set(table.objects.values_list("pk", flat=True)) for table in (Erasure, Reading)] == audit
    assert read(kept, fields=["name"], **OFFICER)["name"].reveal() == NAME
    assert find("phone", Personal(PHONE), **OFFICER) == [kept.pk]
    assert triggers.missing(connection) == []
