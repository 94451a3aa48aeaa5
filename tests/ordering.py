"""The order of tests: as pytest-django has it, but those in a browser last.

Several processes (``--dist load``) take shares of the tests that are left, a smaller one each time. The tests that take
longest must not be a large share that one process has when the other is done. They empty the database, so none that
asks it for what migrations put in may follow them.
"""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put those in a browser last; pytest-django has sorted before, and its order stays among the others."""
    items.sort(key=lambda item: item.get_closest_marker("needs_chromium") is not None)
