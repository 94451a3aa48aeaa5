"""No backup holds a reader's address, and a restore brings nobody back who has left."""

import io

import pytest
from django.core.management import call_command
from django.test import Client

from portal.subscriptions.models import Mail, Notice, Subscription
from tests.backups import dumped
from tests.factories.documents import document, publish
from tests.factories.subscribers import READER, follow, subscribe, token_of

pytestmark = pytest.mark.django_db(transaction=True)

LEFT, LATER = "left@example.org", "later@example.org"


def test_a_restore(client: Client, tmp_path):
    publish(document("visit", "before"))
    subscribe(client, READER, "type:visit")
    gone = token_of(subscribe(client, LEFT))
    file = tmp_path / "portal.tar.gz"
    call_command("backup", str(file), stdout=io.StringIO())
    text = dumped(file)
    assert "visit:before" in text
    assert READER not in text
    assert LEFT not in text

    client.post("/follow/email/unsubscribe/", {"token": gone})
    manage = subscribe(client, LATER)
    publish(document("visit", "lost"))
    follow()
    call_command("restore", str(file), "--force", stdout=io.StringIO())

    assert set(Subscription.objects.values_list("address", flat=True)) == {READER, LATER}
    assert not Mail.objects.exists()
    assert not Notice.objects.exists()
    assert client.get(manage).status_code == 200
    assert follow() == []
    publish(document("visit", "new"))
    assert {message.to[0] for message in follow()} == {READER, LATER}
