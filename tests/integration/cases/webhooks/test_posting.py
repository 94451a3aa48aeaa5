"""Where webhooks do not go: what is private, after a redirect and a new answer of the name service too."""

import datetime
import socket
import ssl
import threading

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from portal.cases.webhooks import faults, posting
from portal.cases.webhooks.faults import Undelivered
from portal.cases.webhooks.posting import post
from tests.factories.webhooks import receiving

NAME = "hooks.example"
PUBLIC = "93.184.215.14"


@pytest.fixture
def receiver(settings):
    with receiving(settings) as running:
        yield running


@pytest.fixture
def hidden(settings):
    """A server of this machine that webhooks must not reach."""
    with receiving(settings, allowed=False) as running:
        yield running
        assert running.messages == []


@pytest.fixture
def names(monkeypatch):
    """Host → the answers that the name service gives, one list of addresses after the other, the last for ever."""
    known: dict[str, list[list[str]]] = {}
    real = socket.getaddrinfo

    def answered(host, port, *args, **given):
        if host not in known:
            return real(host, port, *args, **given)
        answers = known[host]
        addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        return [(socket.AF_INET6 if ":" in each else socket.AF_INET, 1, 6, "", (each, port)) for each in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", answered)
    return known


@pytest.fixture
def connections(monkeypatch):
    """The addresses that connections were opened to."""
    opened = []
    real = socket.create_connection

    def noted(address, *args, **given):
        opened.append(address)
        return real(address, *args, **given)

    monkeypatch.setattr(socket, "create_connection", noted)
    return opened


def refused(url, fault=faults.ADDRESS, **given):
    with pytest.raises(Undelivered) as raised:
        post(url, b"{}", {}, **given)
    assert raised.value.fault == fault
    assert "://" not in str(raised.value)


@pytest.mark.parametrize("status", [307, 308])
def test_a_redirect_to_an_address_of_this_machine(receiver, hidden, status):
    receiver.answers = [(status, {"Location": hidden.url})]
    refused(receiver.url)
    assert len(receiver.messages) == 1


@pytest.mark.parametrize(
    "address",
    ["https://127.0.0.1/", "https://10.0.0.1/", "https://169.254.169.254/latest/", "http://8.8.8.8/", "file:///etc/"],
)
def test_redirects_to_where_nobody_may_go(receiver, address, connections):
    receiver.answers = [(307, {"Location": address})]
    refused(receiver.url)
    assert connections == [("127.0.0.1", receiver.port)]


def test_redirects_are_followed_thrice_with_what_was_sent(receiver):
    receiver.answers = [(307, {"Location": f"/{number}"}) for number in range(3)]
    assert post(receiver.url, b'{"a":1}', {"webhook-id": "x"}).status == 204
    assert [message.path for message in receiver.messages] == ["/hook?token=in-the-address", "/0", "/1", "/2"]
    assert {(message.body, message.headers["webhook-id"]) for message in receiver.messages} == {(b'{"a":1}', "x")}
    receiver.answers = [(308, {"Location": "/again"}) for _each in range(4)]
    refused(receiver.url, faults.REDIRECT)
    receiver.answers = [307]
    refused(receiver.url, faults.REDIRECT)


@pytest.mark.parametrize("status", [301, 302, 303])
def test_redirects_that_change_the_method_are_not_followed(receiver, hidden, status):
    receiver.answers = [(status, {"Location": hidden.url})]
    assert post(receiver.url, b"{}", {}).status == status


def test_a_name_that_answers_otherwise_the_next_time(receiver, names, connections):
    names[NAME] = [["127.0.0.1"], ["10.0.0.1"], [PUBLIC, "127.0.0.1"]]
    url = f"http://{NAME}:{receiver.port}/"
    assert post(url, b"{}", {}).status == 204
    assert receiver.messages[0].headers["host"] == f"{NAME}:{receiver.port}"
    for _time in range(2):
        refused(url)
    assert connections == [("127.0.0.1", receiver.port)]


def test_the_connection_goes_to_the_address_that_was_looked_at(hidden, names, connections, monkeypatch):
    """The first answer is public, every later one this machine: nobody asks for a later one."""
    names["rebinding.example"] = [[PUBLIC], ["127.0.0.1"]]
    monkeypatch.setattr(posting.socket, "create_connection", _unreachable(connections))
    refused(f"https://rebinding.example:{hidden.port}/", faults.CONNECTION)
    assert connections == [(PUBLIC, hidden.port)]


def _unreachable(connections):
    def unreachable(address, **_given):
        connections.append(address)
        raise ConnectionRefusedError

    return unreachable


def test_no_proxy_of_the_environment_is_asked(receiver, hidden, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{hidden.port}")
    assert post(receiver.url, b"{}", {}).status == 204


def test_a_name_that_is_not_there(names):
    names["nobody.example"] = [[]]
    refused("https://nobody.example/")
    refused("https://nobody.invalid./", faults.NAME)


def test_whoever_writes_slowly_is_cut_off(settings):
    """Each byte comes well within any timeout of the socket, the end never."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        settings.WEBHOOK_TRIAL_ADDRESSES = frozenset({("127.0.0.1", port)})
        done = threading.Event()

        def drip():
            connection, _address = server.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
                while not done.wait(0.05):
                    try:
                        connection.sendall(b"x")
                    except OSError:
                        return

        dripping = threading.Thread(target=drip, daemon=True)
        dripping.start()
        refused(f"http://127.0.0.1:{port}/", faults.TIME, seconds=0.4)
        done.set()
        dripping.join()


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """A certificate authority of our own, and the certificate of `NAME`: their files."""
    directory, key = tmp_path_factory.mktemp("tls"), ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, private = directory / "cert.pem", directory / "key.pem"
    pem.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return pem, private


@pytest.fixture
def encrypted(settings, authority):
    """A receiver that speaks TLS."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(*authority)
    with receiving(settings, tls=server) as running:
        yield running


@pytest.fixture
def trusted(authority, monkeypatch):
    """The authority is among those that the system trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority[0]))
    posting.tls.cache_clear()
    yield
    posting.tls.cache_clear()


def test_the_certificate_is_that_of_the_name(encrypted, trusted, names):
    names[NAME] = names["other.example"] = [["127.0.0.1"]]
    assert post(f"https://{NAME}:{encrypted.port}/hook", b"{}", {}).status == 204
    assert encrypted.messages[0].headers["host"] == f"{NAME}:{encrypted.port}"
    assert encrypted.names == [NAME]
    refused(f"https://other.example:{encrypted.port}/hook", faults.TLS)
    refused(f"https://127.0.0.1:{encrypted.port}/hook", faults.TLS)
    assert len(encrypted.messages) == 1


def test_a_certificate_that_nobody_trusts(encrypted, names):
    names[NAME] = [["127.0.0.1"]]
    refused(f"https://{NAME}:{encrypted.port}/hook", faults.TLS)
    assert encrypted.messages == []
