"""Accounts are known to the admin alone."""

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client):
    """A client whose every request carries the cookie of a superuser's session."""
    client.force_login(get_user_model().objects.create_superuser("somebody", password="x"))
    return client


@pytest.mark.parametrize("address", ["/", "/en/", "/api/v1/records/", "/healthz/live", "/services/"])
def test_public_addresses_know_nobody(signed_in, address):
    response = signed_in.get(address)
    assert response.status_code == 200
    request = response.wsgi_request
    assert not any(getattr(request, name, None) for name in ("session", "user", "_messages"))
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies


def test_the_admin_knows_who_is_signed_in(signed_in):
    request = signed_in.get("/admin/login/").wsgi_request
    assert request.user.get_username() == "somebody"
    assert request.user.is_verified() is False
    assert request.session.session_key


def test_the_cookie_of_a_session_is_sent_to_the_admin_alone(client):
    get_user_model().objects.create_superuser("somebody", password="a long password")
    response = client.post("/admin/login/", {"username": "somebody", "password": "a long password"})
    assert response.cookies[settings.SESSION_COOKIE_NAME]["path"] == "/admin/"
