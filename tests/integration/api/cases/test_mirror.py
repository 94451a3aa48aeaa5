"""The example of a module mirrors a kind, survives restarts, and has at each moment exactly what it has seen."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from django.core.wsgi import get_wsgi_application

from portal.api.v1.cases import modules
from portal.cases.assigning import assign
from portal.cases.models import Case
from portal.cases.personal.keeping import STORE
from portal.cases.transitions import amend
from tests.factories.cases import AGENCY, PERSONAL, moved, received
from tests.factories.modules import ALL, READ

pytestmark = pytest.mark.django_db(transaction=True)

FILE = Path(__file__).parents[4] / "examples" / "module" / "mirror.py"
specification = importlib.util.spec_from_file_location("mirror", FILE)
example = importlib.util.module_from_spec(specification)
specification.loader.exec_module(example)


@pytest.fixture
def client():
    """A module's id and secret."""
    return modules.create(name="鏡像", agency=AGENCY, scopes=ALL)


def mirror(client, path, *scopes: str):
    """The example as it is started: it knows its file, its credentials and nothing else."""
    transport = httpx.WSGITransport(app=get_wsgi_application())
    portal = example.Portal("http://localhost", client.id, client.secret, " ".join(scopes or ALL), transport)
    return example.Mirror(portal, "consumer-complaint", str(path))


def rows(path) -> dict[str, tuple]:
    """Reference → version, state and values of each mirrored case."""
    database = example.sqlite3.connect(path)
    found = database.execute('SELECT reference, version, state, "values", personal FROM cases')
    return {row[0]: (row[1], row[2], json.loads(row[3]), json.loads(row[4])) for row in found}


def standing() -> dict[str, tuple]:
    """The same of the portal's own."""
    cases = Case.objects.filter(kind="consumer-complaint", agency=AGENCY)
    return {case.reference: (case.version, case.state, case.data) for case in cases}


def test_a_kind_is_mirrored_and_restarts_change_nothing(client, tmp_path, monkeypatch):
    path = tmp_path / "mirror.sqlite3"
    monkeypatch.setattr(example, "_LIMIT", 2)
    cases = [received(personal=STORE) for _case in range(3)]
    received("consultation", values={"channel": "counter", "subject": "food"})
    mirror(client, path).read_page()
    assert len(rows(path)) == 2
    moved(cases[0], "forward", {"note": "已轉"}, personal=STORE)
    amend(
        case_reference=cases[1].reference,
        values={
            "consumer_phone": None,
            "consumer_email": "x@example.org",
            "purchased_on": "2022-01-02",
            "amount": None,
        },
        actor="user:1",
        personal=STORE,
    )
    mirror(client, path).catch_up()
    mirror(client, path).catch_up()
    mirrored = rows(path)
    assert {reference: row[:3] for reference, row in mirrored.items()} == standing()
    assert mirrored[cases[0].reference][3] == PERSONAL | {"note": "已轉"}
    assert "consumer_phone" not in mirrored[cases[1].reference][3]


def test_cases_that_come_and_go(client, tmp_path):
    path = tmp_path / "mirror.sqlite3"
    coming, going = received(agency="health-bureau", personal=STORE), received(personal=STORE)
    mirror(client, path).catch_up()
    assert set(rows(path)) == {going.reference}
    moved(coming, "forward", personal=STORE)
    assign(case_reference=coming.reference, agency=AGENCY, actor="user:1", personal=STORE)
    assign(case_reference=going.reference, agency="health-bureau", actor="user:1", personal=STORE)
    mirror(client, path).catch_up()
    moved(coming, "fail", personal=STORE)
    mirror(client, path).catch_up()
    mirrored = rows(path)
    assert {reference: row[:3] for reference, row in mirrored.items()} == standing()
    assert mirrored[coming.reference][3] == PERSONAL


def test_what_is_cut_off_is_as_if_it_had_not_begun(client, tmp_path, monkeypatch):
    path = tmp_path / "mirror.sqlite3"
    for _case in range(3):
        received(personal=STORE)
    cut = mirror(client, path)
    keep, kept = cut._keep, []

    def keep_two(*given):
        if len(kept) == 2:
            raise RuntimeError("cut off")
        kept.append(given)
        keep(*given)

    monkeypatch.setattr(cut, "_keep", keep_two)
    with pytest.raises(RuntimeError):
        cut.catch_up()
    assert (rows(path), cut.after) == ({}, 0)
    mirror(client, path).catch_up()
    assert len(rows(path)) == 3


def test_a_token_that_expires_is_renewed(client, tmp_path):
    path = tmp_path / "mirror.sqlite3"
    running = mirror(client, path)
    running.catch_up()
    modules.get_access_token_model().objects.all().delete()
    received(personal=STORE)
    running.catch_up()
    assert len(rows(path)) == 1


def test_without_the_scope_nothing_personal_is_mirrored(client, tmp_path):
    path = tmp_path / "mirror.sqlite3"
    received(personal=STORE)
    mirror(client, path, READ).catch_up()
    assert [row[3] for row in rows(path).values()] == [{}]
    assert b"0912-345-678" not in path.read_bytes()


def test_the_program_as_it_is_started(client, tmp_path, live_server):
    path = tmp_path / "mirror.sqlite3"
    received(personal=STORE)
    environment = os.environ | {
        "PORTAL_URL": live_server.url,
        "CLIENT_ID": client.id,
        "CLIENT_SECRET": client.secret,
    }
    command = [sys.executable, FILE, "consumer-complaint", path, "--once"]
    subprocess.run(command, env=environment, check=True, timeout=120)
    assert {reference: row[:3] for reference, row in rows(path).items()} == standing()
