"""Many people at once, for as long as it takes to trust it."""

import pytest

from tests import invariants
from tests.races import (
    editing_writers_and_a_reader,
    editors_at_once,
    log_writers_and_a_reader,
    publish_against_restrict,
)

pytestmark = [pytest.mark.acceptance, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def nothing_is_missed(transactional_db):
    """After a race of editors, the log and the current records say what the pages say."""
    yield
    invariants.check()


@pytest.mark.needs_postgresql
def test_sixteen_writers_and_a_reader():
    log_writers_and_a_reader(writers=16, rounds=150)


@pytest.mark.needs_postgresql
@pytest.mark.usefixtures("nothing_is_missed")
def test_sixteen_editing_writers_and_a_reader():
    editing_writers_and_a_reader(writers=16, rounds=40)


@pytest.mark.needs_postgresql
@pytest.mark.usefixtures("nothing_is_missed")
def test_publish_against_restrict():
    publish_against_restrict(times=201)


@pytest.mark.usefixtures("nothing_is_missed")
def test_four_editors_at_once():
    editors_at_once(editors=4, rounds=25)
