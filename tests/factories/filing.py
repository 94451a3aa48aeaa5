"""Citizens who file and track, through the very forms that they use."""

import re
from typing import Any
from xml.etree.ElementTree import Element

from django.core import mail
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from portal.cases.models import Case
from portal.cases.personal.keeping import STORE
from portal.services import sending, telling
from tests.factories.cases import moved
from tests.validity import parse

NEW, PETITION, TRACK = "/services/complaints/new/", "/services/petitions/new/", "/services/track/"
#: What a citizen types, as citizens type it.
TYPED = {
    "consumer_name": "王小明",
    "consumer_phone": "0912-345-678",
    "consumer_email": "ming@example.org",
    "business_name": "甲乙商行",
    "business_tax_id": "04595257",
    "category": "electronics",
    "purchased_on": "111-03-17",
    "amount": "2,990",
    "description": "網購耳機故障，賣家拒絕退款。🎧",
    "demand": "refund",
}
#: The same of a petition.
PETITIONED = {
    "petitioner_name": "王小明",
    "petitioner_phone": "0912-345-678",
    "petitioner_email": "ming@example.org",
    "concern": "rights",
    "subject": "路燈不亮",
    "text": "巷口路燈已三週不亮，請派員修理。",
    "confidential": "true",
}


def inputs(response: HttpResponse) -> dict[str, str]:
    """What the forms of a page have in them, as a browser would send it."""
    page = parse(response.content.decode())
    found: dict[str, str] = {}
    for each in page.iter("input"):
        if each.get("name") and (each.get("type") != "radio" or each.get("checked") is not None):
            found.setdefault(each.get("name"), each.get("value") or "")
    for each in page.iter("textarea"):
        found[each.get("name")] = "".join(each.itertext())
    for each in page.iter("select"):
        chosen = [option.get("value") for option in each.iter("option") if option.get("selected") is not None]
        found[each.get("name")] = chosen[0] if chosen else ""
    found.pop("q", None)
    return found


def form(client: Client, *, page: str = NEW, **changes: str) -> dict[str, str]:
    """The fresh form of a complaint or a petition, filled in."""
    typed = PETITIONED if page.endswith(PETITION) else TYPED
    return inputs(client.get(page)) | typed | changes


def post(client: Client, filled: dict[str, str], step: str, *, page: str = NEW, **headers: Any) -> HttpResponse:
    """Use a button of the form."""
    return client.post(page, filled | {"step": step}, **headers)


def file(client: Client, *, page: str = NEW, **changes: str) -> tuple[str, str]:
    """The whole way: form, check, button. The reference and the secret."""
    checked = post(client, form(client, page=page, **changes), "check", page=page)
    assert checked.status_code == 200
    return handed_out(post(client, inputs(checked), "send", page=page))


def handed_out(response: HttpResponse) -> tuple[str, str]:
    """The reference and the secret that a page hands out."""
    assert response.status_code == 200
    [block] = [each for each in parse(response.content.decode()).iter("dl") if each.get("class") == "handed-out"]
    reference, secret = ("".join(each.itertext()).strip() for each in block.iter("dd"))
    return reference, secret


def look(client: Client, reference: str, secret: str, *, page: str = TRACK, **more: str) -> HttpResponse:
    """Ask where a case stands."""
    return client.post(page, {"reference": reference, "secret": secret, **more})


def main(response: HttpResponse) -> str:
    """The text of a page's main part."""
    found: Element = parse(response.content.decode()).find(".//main")
    return re.sub(r"\s+", " ", "".join(found.itertext()))


def advanced(reference: str, transition: str, **values: Any) -> None:
    """An officer takes a case through a transition; what is personal is kept."""
    moved(Case.objects.get(reference=reference), transition, values, personal=STORE)


def told() -> list[EmailMessage]:
    """The mails that are sent now."""
    before = len(mail.outbox)
    telling.tell()
    sending.send(timezone.now())
    return mail.outbox[before:]
