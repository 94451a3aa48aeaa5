"""Who may do what: every scope at every address, other agencies' cases, and tokens that are none."""

import base64
import datetime

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from oauth2_provider.models import AccessToken, Application

from portal.api.v1.cases import modules
from portal.cases.models import Case, Module
from tests.factories.attachments import PDF, attached
from tests.factories.cases import complaint_values
from tests.factories.modules import ALL, COMPLAINTS, COUNTS, PERSONAL, READ, TOKEN, WRITE, Sender, token
from tests.factories.sent_counts import ADDRESS, body
from tests.integration.api.cases.reading import problem

pytestmark = pytest.mark.django_db

FEED, KINDS = "/api/v1/cases/feed/", "/api/v1/cases/kinds/"
CONSULTATIONS = "/api/v1/cases/consultation/"
OTHER_KIND = tuple(f"cases:consultation:{verb}" for verb in ("read", "write", "counts", "personal"))
#: The scope that an address needs; None: any token.
NEEDS = {
    "kinds": None,
    "kind": None,
    "send": WRITE,
    "event": WRITE,
    "bulk": WRITE,
    "file": WRITE,
    "case": READ,
    "content of a file": PERSONAL,
    "feed": READ,
    "feed of a kind": READ,
    "send counts": COUNTS,
    "counts": COUNTS,
}


@pytest.fixture
def case() -> str:
    """The address of a case of the agency that all modules are of unless they say otherwise."""
    return Sender().post(COMPLAINTS, {"values": complaint_values()})["Location"]


def asked(sender: Sender, what: str, case: str):
    """Ask an address for something that succeeds if it is allowed."""
    match what:
        case "kinds":
            return sender.get(KINDS)
        case "kind":
            return sender.get(f"{KINDS}consumer-complaint/")
        case "send":
            return sender.post(COMPLAINTS, {"values": complaint_values()})
        case "event":
            return sender.post(f"{case}events/", {"type": "forward"}, If_Match="*")
        case "bulk":
            return sender.http.post(
                f"{COMPLAINTS}bulk/", b"\n", content_type="application/x-ndjson", headers=sender.authorized
            )
        case "file":
            sent = sender.authorized | {"Idempotency-Key": f"file-{id(sender)}"}
            return sender.http.post(f"{case}attachments/", PDF, content_type="application/pdf", headers=sent)
        case "content of a file":
            return sender.get(f"{case}attachments/{attached(Case.objects.first()).uid}/")
        case "case":
            return sender.get(case)
        case "send counts":
            return sender.put(ADDRESS, body())
        case "counts":
            Sender().put(ADDRESS, body(), If_Match="*")
            return sender.get(ADDRESS)
        case "feed":
            return sender.get(FEED)
        case _:
            return sender.get(FEED, kind="consumer-complaint")


@pytest.mark.parametrize("what", NEEDS)
@pytest.mark.parametrize("scopes", [(READ,), (WRITE,), (COUNTS,), (PERSONAL,), ALL, OTHER_KIND], ids=" ".join)
def test_scopes_and_addresses(case, what, scopes):
    response = asked(Sender(*scopes), what, case)
    needed = NEEDS[what]
    if needed is None or needed in scopes or (what == "feed" and scopes == OTHER_KIND):
        assert response.status_code in (200, 201), response.content
        assert response["Cache-Control"] == "no-store"
        told = b"" if response.streaming else response.content
        assert (b"0912-345-678" in told) is (PERSONAL in scopes and what in ("case", "feed", "feed of a kind"))
    else:
        body = problem(response, 403, "insufficient-scope")
        assert needed in body["scope"].split()
        assert 'error="insufficient_scope"' in response["WWW-Authenticate"]
        assert needed in response["WWW-Authenticate"]


@pytest.mark.parametrize("what", NEEDS)
def test_cases_of_another_agency_are_none(case, what):
    other = Sender(agency="health-bureau")
    response = asked(other, what, case)
    if what == "counts":
        problem(response, 404, "not-found")
    elif what in ("case", "event", "file", "content of a file"):
        told = problem(response, 404, "not-found")
        nothing = problem(asked(other, what, f"{COMPLAINTS}CC-2222-2222-2222/"), 404, "not-found")
        assert {name: told[name] for name in ("title", "detail")} == {
            name: nothing[name] for name in ("title", "detail")
        }
    elif what.startswith("feed"):
        assert response.json()["results"] == []
    else:
        assert response.status_code in (200, 201)


def test_a_case_of_another_agency_is_neither_followed_nor_merged_into(case):
    other, reference = Sender(agency="health-bureau"), case.split("/")[-2]
    sent = {"values": {"stage": "second-complaint"}, "follows": reference}
    unknown = other.post(COMPLAINTS, sent | {"follows": "CC-2222-2222-2222"})
    assert (
        problem(other.post(COMPLAINTS, sent), 422, "values-invalid", "/follows")["errors"] == unknown.json()["errors"]
    )
    (result,) = other.bulk(sent)
    assert (result["status"], result["errors"][0]["pointer"]) == (422, "/follows")
    own = other.post(COMPLAINTS, {"values": complaint_values()})["Location"]
    merging = other.post(f"{own}events/", {"type": "merged", "into": reference}, If_Match="*")
    problem(merging, 422, "values-invalid", "/into")


def test_a_case_under_the_name_of_another_kind_is_none(case):
    sender = Sender(*OTHER_KIND, *ALL)
    problem(sender.get(case.replace("consumer-complaint", "consultation")), 404, "not-found")
    for reference in ("CC-2222-2222", "\x00", "é", "a b", "A" * 500):
        problem(sender.get(f"{COMPLAINTS}{reference}/"), 404, "not-found")
        problem(sender.post(f"{COMPLAINTS}{reference}/events/", {"type": "forward"}, If_Match="*"), 404, "not-found")
    problem(sender.get("/api/v1/cases/nothing/"), 405, "method-not-allowed")
    problem(sender.post("/api/v1/cases/nothing/", {}), 404, "not-found")


@pytest.mark.parametrize("what", NEEDS)
@pytest.mark.parametrize("authorization", [None, "Bearer", "Bearer ", "Bearer nonsense", "Basic YTpi", "nonsense"])
def test_without_a_token(case, what, authorization):
    http = Client(headers={"Authorization": authorization} if authorization else {})
    response = asked(_Bare(http), what, case)
    problem(response, 401, "invalid-token")
    assert response["WWW-Authenticate"].startswith('Bearer realm="cases"')
    assert ("invalid_token" in response["WWW-Authenticate"]) is (authorization == "Bearer nonsense")


class _Bare(Sender):
    """A sender without a module: its requests carry what its client carries."""

    def __init__(self, http: Client) -> None:
        self.http = http

    @property
    def authorized(self) -> dict[str, str]:
        """Nothing."""
        return {}


def test_a_token_is_not_taken_from_the_address_or_the_body(case):
    sender = Sender()
    problem(Client().get(case, {"access_token": sender.token}), 401, "invalid-token")


def test_an_expired_token():
    sender = Sender()
    AccessToken.objects.update(expires=timezone.now() - datetime.timedelta(seconds=1))
    problem(sender.get(KINDS), 401, "invalid-token")
    assert modules.forget_expired() == 1


def test_what_is_taken_from_a_module_is_taken_from_its_tokens(case):
    sender = Sender()
    Module.objects.filter(application__client_id=sender.client.id).update(scopes=[WRITE])
    problem(sender.get(case), 403, "insufficient-scope")
    assert sender.post(COMPLAINTS, {"values": complaint_values()}).status_code == 201


def test_a_module_that_was_ended():
    sender = Sender()
    call_command("end_module", sender.client.id)
    problem(sender.get(KINDS), 401, "invalid-token")
    assert refused_token(sender.client)["error"] == "unauthorized_client"
    with pytest.raises(CommandError):
        call_command("end_module", sender.client.id)


def test_an_application_without_a_module_gets_no_token():
    secret = "s" * 40
    application = Application.objects.create(
        client_type="confidential", authorization_grant_type="client-credentials", client_secret=secret
    )
    assert refused_token(modules.Client(application.client_id, secret))["error"] == "unauthorized_client"


def refused_token(client: modules.Client, **data: str) -> dict:
    """The error of the token endpoint."""
    credentials = base64.b64encode(f"{client.id}:{client.secret}".encode()).decode()
    response = Client().post(
        TOKEN, {"grant_type": "client_credentials"} | data, headers={"Authorization": f"Basic {credentials}"}
    )
    assert response.status_code in (400, 401), response.content
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    return response.json()


def test_what_the_token_endpoint_refuses():
    client = modules.create(name="模組", agency="consumer-office", scopes=[READ])
    assert refused_token(modules.Client(client.id, "wrong"))["error"] == "invalid_client"
    assert refused_token(modules.Client("nobody", "wrong"))["error"] == "invalid_client"
    assert refused_token(modules.Client("\x00", "wrong"))["error"] == "invalid_client"
    assert refused_token(client, resource="https://localhost/\x00")["error"] == "invalid_request"
    assert refused_token(client, scope=WRITE)["error"] == "invalid_scope"
    assert refused_token(client, scope="nonsense")["error"] == "invalid_scope"
    for grant in ("password", "authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"):
        assert refused_token(client, grant_type=grant)["error"] in ("unsupported_grant_type", "unauthorized_client")
    assert Client().get(TOKEN)["Cache-Control"] == "no-store"


def test_what_is_personal_has_to_be_asked_for_by_name():
    client = modules.create(name="模組", agency="consumer-office", scopes=ALL)
    token(client)
    assert set(AccessToken.objects.get().scope.split()) == {READ, WRITE, COUNTS}
    token(client, PERSONAL)
    assert AccessToken.objects.last().scope == PERSONAL


def test_neither_tokens_nor_secrets_are_stored():
    sender = Sender()
    rows = str([list(model.objects.values()) for model in (Application, AccessToken, Module)])
    assert sender.token not in rows
    assert sender.client.secret not in rows


def test_a_token_is_valid_for_minutes(settings):
    Sender()
    left = AccessToken.objects.get().expires - timezone.now()
    assert datetime.timedelta(minutes=10) < left <= datetime.timedelta(minutes=15)


def test_the_command_shows_the_secret_once(capsys):
    call_command("create_module", "消保模組", "--agency", "consumer-office", "--scopes", READ, WRITE)
    printed = dict(line.split(" ", 1) for line in capsys.readouterr().out.splitlines())
    assert token(modules.Client(printed["client_id"], printed["client_secret"]), READ)
    assert Module.objects.get().agency == "consumer-office"
    with pytest.raises(CommandError, match="no such scope"):
        call_command("create_module", "x", "--agency", "consumer-office", "--scopes", "cases:nothing:read")
    with pytest.raises(CommandError, match="agency"):
        call_command("create_module", "x", "--agency", "消保官室", "--scopes", READ)


def test_methods(case):
    sender = Sender()
    for address, allowed in ((case, "GET, HEAD, OPTIONS"), (COMPLAINTS, "POST, OPTIONS"), (FEED, "GET, HEAD, OPTIONS")):
        response = sender.http.delete(address, headers=sender.authorized)
        problem(response, 405, "method-not-allowed")
        assert response["Allow"] == allowed
        assert sender.http.options(address)["Allow"] == allowed
    assert sender.http.head(case, headers=sender.authorized).content == b""
    problem(sender.get("/api/v1/cases/a/b/c/d/"), 404, "not-found")
