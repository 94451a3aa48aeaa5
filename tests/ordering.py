"""The order of tests: those that ask no database first, those that empty it last, and of these the ones in a browser.

Django and pytest-django keep what rolls back before what empties the database, since that takes with it what migrations
put in. The rest is for several processes (``--dist load``): each takes a share of the tests that are left, a smaller
one each time, and the tests that take longest must not be a large share that one process has when the other is done.
"""

import pytest
from django.test import TransactionTestCase

_FIXTURES = {"db", "transactional_db", "live_server"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort the tests; pytest-django has done so before, and its order stays within each part."""
    items.sort(key=lambda item: (_asks_database(item), item.get_closest_marker("needs_chromium") is not None))


def _asks_database(item: pytest.Item) -> bool:
    case = getattr(item, "cls", None)
    return (
        item.get_closest_marker("django_db") is not None
        or not _FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))
        or (case is not None and issubclass(case, TransactionTestCase))
    )
