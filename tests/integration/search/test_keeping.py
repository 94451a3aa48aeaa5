"""``manage.py search``: rebuild, check, repair and status; and a lost index that comes back by itself."""

import io
import json
import shutil

import pytest
from django.core.management import CommandError, call_command

from portal.publication.models import ConsumerPosition
from search.answers import Question
from search.documents import key_of
from search.engines import choosing
from search.engines.base import Gone
from search.models import Entry
from search.searching import search
from tests.factories.documents import both, document, publish
from tests.factories.searching import bring_up

pytestmark = pytest.mark.django_db


def command(*arguments):
    said = io.StringIO()
    call_command("search", *arguments, stdout=said, stderr=io.StringIO())
    return said.getvalue()


def published(count=3):
    publish(*(document("visit", f"v{number}", title=both("釜山", "Busan")) for number in range(count)))
    bring_up()


def engine():
    return choosing.engines()[0]


def test_status_tells_position_and_lag():
    published()
    publish(document("visit", "late"))
    (status,) = json.loads(command("status", "--json"))
    assert (status["engine"], status["documents"], status["position"], status["lag"]) == ("embedded", 3, 3, 1)
    assert "lag 1" in command("status")


def test_check_finds_and_repairs_what_differs():
    published()
    assert "as the current records" in command("check")
    engine().write([], [Gone(key_of("visit:v0"), "visit:v0", 3)])
    Entry.objects.filter(uid="visit:v1").delete()
    with pytest.raises(CommandError):
        command("check")
    assert "as the current records" in command("check", "--repair")
    assert search(Question("釜山")).count == 3


def test_a_rebuild_follows_on_from_where_the_index_before_stood():
    published()
    before = engine().identity()
    command("rebuild")
    assert engine().identity() != before
    (position,) = ConsumerPosition.objects.filter(consumer__startswith="search-")
    assert position.seq == 3
    publish(document("visit", "late", title=both("釜山", "Busan")))
    bring_up()
    assert search(Question("釜山")).count == 4


def test_entries_of_an_earlier_analysis_are_made_anew():
    published()
    Entry.objects.update(analysis=0, seq=0)
    command("rebuild")
    assert not Entry.objects.filter(analysis=0).exists()
    assert search(Question("釜山")).count == 3


def test_a_lost_index_is_made_anew(settings):
    published()
    choosing.forget()
    shutil.rmtree(settings.SEARCH_INDEX_DIR)
    bring_up()
    assert search(Question("釜山")).count == 3


def test_an_engine_that_is_not_here():
    with pytest.raises(CommandError, match="not configured"):
        command("check", "--engine", "elasticsearch")
