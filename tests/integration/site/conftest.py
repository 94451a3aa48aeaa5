"""A portal to read."""

import pytest

from tests.factories.portal import publish_portal


@pytest.fixture
def portal(db) -> str:
    """Something of everything is published; the SHA-256 of its picture."""
    return publish_portal()
