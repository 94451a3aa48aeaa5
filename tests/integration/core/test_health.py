"""What load balancers are told."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor


def test_live_asks_nothing_of_the_database(client):
    response = client.get("/healthz/live")
    assert response.status_code == 200
    assert response.json() == {"status": "ok"}
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_ready_when_everything_is_there(client):
    response = client.get("/healthz/ready")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "checks": {"database": "ok", "migrations": "ok"},
        "consumers": {},
    }


@pytest.mark.django_db
def test_ready_names_each_consumers_lag(client):
    row, position = (apps.get_model("publication", name) for name in ("LogRow", "ConsumerPosition"))
    for seq in (1, 2, 3):
        row.objects.create(
            seq=seq, uid=f"page:x{seq}", type="page", version=1, action="publish",
            published_at="2022-08-01T00:00:00.000000Z", commitment="0" * 64, previous="0" * 64,
        )  # fmt: skip
    position.objects.create(consumer="files", seq=1)
    position.objects.create(consumer="index", seq=3)
    assert client.get("/healthz/ready").json()["consumers"] == {"files": 2, "index": 0}


@pytest.mark.django_db
def test_not_ready_with_a_migration_missing(client, monkeypatch):
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *arguments: ["one", "two"])
    response = client.get("/healthz/ready")
    assert response.status_code == 503
    assert response.json()["checks"]["migrations"] == "2 not applied"


@pytest.mark.django_db
def test_not_ready_without_a_database_and_without_saying_where_it_is(client, monkeypatch):
    def refuse(*arguments):
        raise DatabaseError(f"could not connect to {connection.settings_dict['NAME']}")

    monkeypatch.setattr("portal.core.health.MigrationExecutor", refuse)
    response = client.get("/healthz/ready")
    assert response.status_code == 503
    assert response.json() == {
        "status": "not ready",
        "checks": {"database": "unreachable"},
        "consumers": {},
    }
