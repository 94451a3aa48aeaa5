"""A few people at once; the long races are among the acceptance tests."""

import pytest

from tests.races import (
    editing_writers_and_a_reader,
    editors_at_once,
    publish_against_restrict,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_editing_writers_and_a_reader():
    editing_writers_and_a_reader(writers=4, rounds=5)


def test_publish_against_restrict():
    publish_against_restrict(times=6)


def test_editors_at_once():
    editors_at_once(editors=4, rounds=3)
