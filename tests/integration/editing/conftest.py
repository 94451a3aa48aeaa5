"""What holds after every test of the editing side, and who edits."""

from collections.abc import Callable, Iterator

import pytest

from tests import invariants
from tests.factories.accounts import UI_LANGUAGES, account
from tests.factories.pages import AdminClient, home, signed_in


@pytest.fixture(autouse=True)
def nothing_is_missed(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a test with a database, the log and the current records say what the pages say."""
    yield
    if "db" in request.fixturenames:
        invariants.check()


@pytest.fixture
def editors(db) -> Callable[[str], AdminClient]:
    """Make the browser of somebody who may do everything, in a language of the admin."""
    home()
    return lambda language: signed_in(account(f"root-{language}", language=language, superuser=True))


@pytest.fixture
def editor(editors) -> AdminClient:
    """The browser of somebody who may do everything, in Chinese."""
    return editors("zh-hant")


@pytest.fixture(params=UI_LANGUAGES)
def ui(request: pytest.FixtureRequest) -> str:
    """Each language of the admin in turn."""
    return request.param
