"""What holds after every test of the editing side, whatever it did."""

from collections.abc import Iterator

import pytest

from tests import invariants
from tests.factories.pages import AdminClient, home, signed_in


@pytest.fixture(autouse=True)
def nothing_is_missed(db) -> Iterator[None]:
    """After the test, the log and the current records say what the pages say."""
    yield
    invariants.check()


@pytest.fixture
def editor() -> AdminClient:
    """The browser of somebody who may do everything."""
    home()
    return signed_in()
