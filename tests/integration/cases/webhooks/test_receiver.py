"""The example of a receiver takes what the portal sends, and nothing else."""

import importlib.util
import time

import pytest

from portal.cases.webhooks.signing import new_secret, signed
from portal.settings.env import BASE_DIR

BODY = b'{"type":"webhook.test"}'


@pytest.fixture(scope="module")
def receiver():
    spec = importlib.util.spec_from_file_location("receiver", BASE_DIR / "examples" / "module" / "receiver.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_what_it_takes_and_refuses(receiver):
    now, old, new = int(time.time()), new_secret(), new_secret()
    headers = signed("msg_1", now, BODY, [new, old])
    assert receiver.verifies(new, headers, BODY, now)
    assert receiver.verifies(old, headers, BODY, now)
    assert not receiver.verifies(new_secret(), headers, BODY, now)
    assert not receiver.verifies(new, headers, BODY + b" ", now)
    assert not receiver.verifies(new, headers, BODY, now + 301)
    for changes in ({"webhook-id": "msg_2"}, {"webhook-timestamp": str(now + 1)}, {"webhook-signature": "v1,é"}):
        assert not receiver.verifies(new, headers | changes, BODY, now)
    for missing in headers:
        assert not receiver.verifies(new, {name: headers[name] for name in headers if name != missing}, BODY, now)
    assert not receiver.verifies(new, headers | {"webhook-timestamp": "²"}, BODY, now)
