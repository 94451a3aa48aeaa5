"""Letting programs in, and out again."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from oauth2_provider.generators import generate_client_secret
from oauth2_provider.models import get_access_token_model, get_application_model

from portal.api.v1.cases.scopes import SCOPES
from portal.cases import asking
from portal.cases.models import Module


@dataclass(frozen=True)
class Client:
    """What a module authenticates with. Of the secret only a hash is kept, so it is told once."""

    id: str
    secret: str


@transaction.atomic
def create(*, name: str, agency: str, scopes: Iterable[str]) -> Client:
    """Let a program act for an agency, within these scopes. Raises ValueError for an agency or a scope that is none."""
    wanted = set(scopes)
    if unknown := wanted - SCOPES.keys():
        raise ValueError(f"no such scope: {', '.join(sorted(unknown))}")
    model = get_application_model()
    secret = generate_client_secret()
    application = model.objects.create(
        name=name,
        client_type=model.CLIENT_CONFIDENTIAL,
        authorization_grant_type=model.GRANT_CLIENT_CREDENTIALS,
        client_secret=secret,
    )
    Module.objects.create(
        application=application, agency=asking.agency_code(agency), scopes=[name for name in SCOPES if name in wanted]
    )
    return Client(application.client_id, secret)


@transaction.atomic
def end(client_id: str) -> bool:
    """Take a module's tokens away and give it no more; whether there was one to end. What it did stays."""
    ended = Module.objects.filter(application__client_id=client_id, ended_at=None).update(ended_at=timezone.now())
    get_access_token_model().objects.filter(application__client_id=client_id).delete()
    return bool(ended)


def forget_expired() -> int:
    """Delete the tokens that are valid no more; how many."""
    return get_access_token_model().objects.filter(expires__lt=timezone.now()).delete()[0]
