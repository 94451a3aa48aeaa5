"""A mail server of the test's own."""

import pytest

from tests.mailserver import Server


@pytest.fixture
def server(monkeypatch) -> Server:
    """Takes the place of the outbox from here on."""
    made = Server()
    monkeypatch.setattr("django.core.mail.get_connection", made)
    return made
