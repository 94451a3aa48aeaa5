"""Whether this portal sends mails at all."""

from django.conf import settings

_NOWHERE = "django.core.mail.backends.dummy.EmailBackend"


def mails_are_sent() -> bool:
    """False where mails go nowhere (EMAIL_URL is unset in production)."""
    return settings.EMAIL_BACKEND != _NOWHERE
