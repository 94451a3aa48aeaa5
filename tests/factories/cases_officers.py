"""Officers of cases, signed in to the admin."""

from typing import Any

import django_otp
from django.contrib.auth.models import Permission
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal.cases.models import Officer
from tests.factories.accounts import account
from tests.factories.cases import AGENCY
from tests.factories.pages import AdminClient, signed_in

KIND = "consumer-complaint"


def officer(name: str = "lin", *, language: str = "zh-hant", **rights: Any) -> Any:
    """The account of somebody who may enter the admin and see consumer complaints, unless other rights are given."""
    user = account(name, language=language)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    Officer.objects.create(user=user, **{"kind": KIND, "agency": AGENCY} | rights)
    return user


def desk(name: str = "lin", **given: Any) -> AdminClient:
    """The browser of such an officer."""
    return signed_in(officer(name, **given))


def verified(client: AdminClient, user: Any) -> AdminClient:
    """The browser of an officer who has confirmed a second factor in this session."""
    device = TOTPDevice.objects.create(user=user, name="authenticator")
    session = client.session
    session[django_otp.DEVICE_ID_SESSION_KEY] = device.persistent_id
    session.save()
    return client


def code(device: TOTPDevice) -> str:
    """The code that an authenticator with the device's key shows now."""
    return f"{TOTP(device.bin_key).token():06d}"
