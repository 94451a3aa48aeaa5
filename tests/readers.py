"""What readers can get at: the tables that are served from, and the public addresses."""

from django.db.models import CharField, Q, TextField
from django.test import Client

from portal.publication import models
from portal.publication.types import LISTED

#: Everything that is served without asking for one record.
ADDRESSES = [
    "/",
    "/en/",
    *(f"{prefix}/{kind.plural}/" for prefix in ("", "/en") for kind in LISTED),
    "/opendata/",
    "/en/opendata/",
    "/opendata/catalog.ttl",
    "/opendata/catalog.jsonld",
    "/opendata/data.gov.tw.json",
    "/api/v1/",
    "/api/v1/records/?limit=500",
    "/api/v1/changes/?limit=500",
    *(f"/api/v1/{kind.plural}/?limit=500" for kind in LISTED),
]

_TABLES = [
    models.LogRow,
    models.Content,
    models.Redaction,
    models.CurrentRecord,
    models.Citation,
    models.Address,
    models.PublicFile,
    models.Rendition,
]


def tables_with(token: str) -> set[str]:
    """The names of the models of the publication room that hold a text in any of their columns."""
    found = set()
    for model in _TABLES:
        texts = [field.name for field in model._meta.concrete_fields if isinstance(field, CharField | TextField)]
        holds = Q()
        for name in texts:
            holds |= Q(**{f"{name}__contains": token})
        if texts and model.objects.filter(holds).exists():
            found.add(model.__name__)
    return found


def responses(*addresses: str) -> dict[str, str]:
    """What a stranger is given at these addresses, and at all that need no record's name."""
    client = Client()
    bodies = {}
    for address in (*ADDRESSES, *addresses):
        response = client.get(address)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        bodies[address] = content.decode()
    return bodies
