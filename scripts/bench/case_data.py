"""The cases and the sender of the benchmark of the module API, in a database that holds no other cases."""

import datetime
import json
import secrets
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.utils import timezone
from oauth2_provider.models import get_access_token_model, get_application_model

from portal.api.v1.cases import modules
from portal.api.v1.cases.scopes import SCOPES
from portal.cases.models import Case
from portal.cases.receiving import Receipt, receive_all

KIND, AGENCY = "consumer-complaint", "bench-office"
_BATCH = 500
_ACTOR = "system:bench"


def is_scratch() -> bool:
    """Whether every case of the database is the benchmark's."""
    return not Case.objects.exclude(agency=AGENCY).exists()


def token() -> str:
    """An access token of a new module, valid for a day: it may do everything with the cases but read what is personal,
    as a module that mirrors them.
    """
    client = modules.create(name="bench", agency=AGENCY, scopes=SCOPES)
    text = secrets.token_urlsafe(24)
    scopes = [f"cases:{KIND}:{verb}" for verb in ("read", "write")]
    get_access_token_model().objects.create(
        token=text,
        application=get_application_model().objects.get(client_id=client.id),
        expires=timezone.now() + datetime.timedelta(days=1),
        scope=" ".join(scopes),
    )
    return text


def values(number: int) -> dict[str, str]:
    """A complaint: eleven values, of which four are of a person."""
    return {
        "stage": "first-complaint",
        "channel": "online",
        "business_name": f"第{number}商行",
        "business_tax_id": "04595257",
        "category": "electronics",
        "amount": str(number),
        "demand": "refund",
        "consumer_name": "王小明",
        "consumer_phone": f"0912-{number % 1000000:06d}",
        "consumer_email": f"reader{number}@example.org",
        "description": "網購耳機使用三日後無法充電，賣家以已拆封為由拒絕退款，希望退還價金。" * 2,
    }


def receive(count: int) -> list[str]:
    """Receive so many cases; their references."""
    references: list[str] = []
    now = timezone.now()
    for first in range(0, count, _BATCH):
        receipts = [
            Receipt(KIND, AGENCY, values(number), now, _ACTOR) for number in range(first, min(first + _BATCH, count))
        ]
        for outcome in receive_all(receipts):
            if not isinstance(outcome, Case):
                raise outcome
            references.append(outcome.reference)
    return references


def lines(count: int, first: int) -> Iterator[bytes]:
    """The lines of a bulk, each with a key that was not there before."""
    run = secrets.token_hex(6)
    for number in range(first, first + count):
        line = {"key": f"{run}-{number}", "values": values(number)}
        yield json.dumps(line, ensure_ascii=False).encode() + b"\n"


def make_tables(*tables: Any) -> None:
    """Make the tables that are no part of the portal, unless they are there."""
    there = connection.introspection.table_names()
    with connection.schema_editor() as editor:
        for table in tables:
            if table._meta.db_table not in there:
                editor.create_model(table)


def analyze() -> None:
    """What autovacuum would do within a minute."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
