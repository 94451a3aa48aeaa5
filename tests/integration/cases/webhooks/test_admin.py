"""Webhooks in the admin: made, paused, tried out and sent again by those with the permissions, in both languages."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from portal.cases.models import Delivery, Module, Webhook
from portal.cases.webhooks.delivering import deliver
from portal.cases.webhooks.forms import WebhookForm
from tests.factories.accounts import UI_LANGUAGES, account
from tests.factories.cases import received
from tests.factories.pages import home, signed_in
from tests.factories.webhooks import KIND, receiving, verified, webhook

pytestmark = pytest.mark.django_db

ADD = reverse("webhooks:add")
INDEX = reverse("webhooks:index")
ALL = ("access_admin", *(f"{each}_webhook" for each in ("add", "change", "delete", "view")))


@pytest.fixture
def receiver(settings):
    with receiving(settings) as running:
        yield running


def browser(*names, language="en"):
    home()
    user = account("keeper", language=language)
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    return signed_in(user)


def entry(hook, url, **changes):
    return {"module": hook.module.pk, "url": url, "kinds": [KIND]} | changes


def page(hook):
    return reverse("webhooks:inspect", args=[hook.pk])


def do(client, hook, action):
    return client.post(reverse("webhooks:do", args=[hook.pk, action]))


@pytest.mark.parametrize("language", UI_LANGUAGES)
def test_a_webhook_is_made_and_its_secret_shown_once(receiver, language):
    client, other = browser(*ALL, language=language), webhook(receiver.url)
    received()
    response = client.post(ADD, entry(other, receiver.url))
    made = Webhook.objects.latest("pk")
    assert "no-store" in response["Cache-Control"]
    (secret,) = set(re.findall(r"whsec_[A-Za-z0-9+/=]+", response.content.decode()))
    assert (made.position, made.state, made.kinds) == (1, "working", [KIND])
    received()
    deliver(made.pk)
    assert receiver.seqs == [2]
    assert verified(receiver.messages[0], secret)
    for address in (INDEX, page(made), reverse("webhooks:edit", args=[made.pk])):
        assert secret not in client.get(address).content.decode()
    told = client.get(page(made)).content.decode()
    assert "204" in told
    assert "in-the-address" not in told
    assert ("Delivered" in told) is (language == "en")
    assert "測試模組" in client.get(INDEX).content.decode()


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://10.0.0.1/x",
        "https://8.8.8.8:22/",
        "x",
        "",
    ],
)
def test_addresses_that_are_refused_beside_their_field(receiver, url):
    client, other = browser(*ALL), webhook(receiver.url)
    response = client.post(ADD, entry(other, url))
    assert response.context["form"].errors.keys() == {"url"}
    response = client.post(reverse("webhooks:edit", args=[other.pk]), {"url": url, "kinds": [KIND]})
    assert response.context["form"].errors.keys() == {"url"}
    assert Webhook.objects.count() == 1


def test_changing_it_leaves_what_is_being_delivered_alone(receiver, monkeypatch):
    client, hook = browser(*ALL), webhook(receiver.url)
    received()
    checked = WebhookForm.clean

    def meanwhile(form):
        deliver(hook.pk)
        return checked(form)

    monkeypatch.setattr(WebhookForm, "clean", meanwhile)
    kinds = [KIND, "consultation"]
    client.post(reverse("webhooks:edit", args=[hook.pk]), {"url": receiver.url, "kinds": kinds})
    changed = Webhook.objects.get()
    assert (changed.position, changed.kinds) == (1, kinds)


def test_kinds_that_the_module_may_not_read(receiver):
    client, other = browser(*ALL), webhook(receiver.url)
    Module.objects.update(scopes=["cases:consultation:read"])
    assert client.post(ADD, entry(other, receiver.url)).context["form"].errors.keys() == {"kinds"}
    assert client.post(ADD, entry(other, receiver.url, kinds=[])).context["form"].errors.keys() == {"kinds"}


def test_pausing_resuming_skipping_and_trying_out(receiver):
    client, hook = browser(*ALL), webhook(receiver.url)
    received()
    received()
    do(client, hook, "pause")
    deliver(hook.pk)
    assert receiver.messages == []
    receiver.answers = [400, 400]
    for _time in range(2):
        do(client, hook, "resume")
        deliver(hook.pk)
    assert receiver.seqs == [1, 1]
    do(client, hook, "skip")
    do(client, hook, "try")
    deliver(hook.pk)
    assert [message.json["type"] for message in receiver.messages[2:]] == [
        "webhook.test",
        "case.consumer_complaint.received",
    ]
    assert receiver.messages[-1].seq == 2
    assert set(Delivery.objects.values_list("seq", "state")) == {(1, "skipped"), (None, "delivered"), (2, "delivered")}
    do(client, hook, "skip")
    assert Webhook.objects.get().position == 2
    assert do(client, hook, "nothing").status_code == 404


def test_sending_again(receiver):
    client, hook = browser(*ALL), webhook(receiver.url)
    received()
    deliver(hook.pk)
    told = Delivery.objects.get()
    again = reverse("webhooks:again", args=[hook.pk, told.pk])
    assert again in client.get(page(hook)).content.decode()
    client.post(again)
    deliver(hook.pk)
    assert receiver.seqs == [1, 1]
    other = webhook(receiver.url)
    assert client.post(reverse("webhooks:again", args=[other.pk, told.pk])).status_code == 404


def test_a_new_secret_is_shown_once_and_the_one_before_is_used_too(receiver):
    client, hook = browser(*ALL), webhook(receiver.url)
    told = client.post(reverse("webhooks:secret", args=[hook.pk])).content.decode()
    (secret,) = set(re.findall(r"whsec_[A-Za-z0-9+/=]+", told))
    received()
    deliver(hook.pk)
    assert secret != hook.given_secret
    assert verified(receiver.messages[0], secret) == verified(receiver.messages[0], hook.given_secret)


@pytest.mark.parametrize("language", UI_LANGUAGES)
def test_one_that_was_given_up_says_so(receiver, language):
    receiver.answers = [410]
    client, hook = browser(*ALL, language=language), webhook(receiver.url)
    received()
    deliver(hook.pk)
    assert "help-critical" in client.get(page(hook)).content.decode()


def test_who_may_only_look_changes_nothing(receiver):
    client, hook = browser("access_admin", "view_webhook"), webhook(receiver.url)
    received()
    deliver(hook.pk)
    told = client.get(page(hook)).content.decode()
    assert "204" in told
    # The menu's own form for signing out is not of this page.
    assert f"/{hook.pk}/do/" not in told
    delivery = Delivery.objects.get()
    before = Webhook.objects.values().get()
    for address in (
        ADD,
        reverse("webhooks:edit", args=[hook.pk]),
        reverse("webhooks:do", args=[hook.pk, "pause"]),
        reverse("webhooks:secret", args=[hook.pk]),
        reverse("webhooks:again", args=[hook.pk, delivery.pk]),
    ):
        client.post(address, entry(hook, receiver.url))
    assert Webhook.objects.values().get() == before
    assert Delivery.objects.get().asked_at is None


def test_others_see_nothing(receiver):
    hook = webhook(receiver.url)
    client = browser("access_admin")
    for address in (INDEX, page(hook)):
        assert client.get(address).status_code == 302
