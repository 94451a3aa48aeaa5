"""Which addresses webhooks may have, and reach."""

import ipaddress
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.cases.webhooks.addresses import is_public, resolved, target
from portal.cases.webhooks.faults import Undelivered

PRIVATE = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.0.1",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.1",
    "192.0.2.1",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::127.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::808:808",
    "2001:db8::1",
    "2001::1",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
]
PUBLIC = ["8.8.8.8", "93.184.215.14", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1"]


@pytest.mark.parametrize("address", PRIVATE)
def test_what_not_everybody_may_reach(address):
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_what_everybody_may_reach(address):
    assert is_public(ipaddress.ip_address(address))


@given(st.ip_addresses(v=4))
def test_an_address_in_another_s_clothes_is_what_it_is(inner):
    number = int(inner)
    for dressed in (0xFFFF << 32 | number, 0x64FF9B << 96 | number, 0x2002 << 112 | number << 80):
        assert is_public(ipaddress.IPv6Address(dressed)) == is_public(inner)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "ftp://example.org/",
        "https:///hook",
        "https://user:secret@example.org/",
        "https://@example.org/",
        "https://example.org/#part",
        "https://example.org:80/",
        "https://example.org:22/",
        "https://example.org:0/",
        "https://example.org:70000/",
        "https://example.org:x/",
        "https://例.tw/",
        "https://example.org/a b",
        "https://example.org/\r\nX: y",
        "https://[fe80::1%25eth0]/",
        "https://[::1",
        "//example.org/",
        "example.org",
        "",
        "https://example.org/" + "a" * 500,
    ],
)
def test_addresses_that_no_webhook_has(url):
    with pytest.raises(Undelivered):
        target(url)


def test_what_an_address_says():
    found = target("https://Hooks.Example.org:8443/a/b?c=d")
    assert (found.host, found.port, found.path) == ("hooks.example.org", 8443, "/a/b?c=d")
    assert (target("https://example.org").port, target("https://example.org").path) == (443, "/")


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "localhost", "[::1]", "[::ffff:7f00:1]"]
)
def test_names_of_this_machine(host):
    with pytest.raises(Undelivered):
        resolved(target(f"https://{host}/"))


@pytest.mark.parametrize("private", PRIVATE)
def test_one_private_answer_is_enough(private, monkeypatch):
    answers = [(0, 0, 0, "", (each, 443)) for each in ("8.8.8.8", private)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_given: answers)
    with pytest.raises(Undelivered):
        resolved(target("https://example.org/"))
    answers.pop()
    assert resolved(target("https://example.org/")) == ["8.8.8.8"]
