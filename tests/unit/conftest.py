"""Unit tests have no database, and none that another test has left in a cache."""

import pytest
from django.contrib.contenttypes.models import ContentType


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Forget the content types that a test with a database has looked up in this process."""
    ContentType.objects.clear_cache()
