"""The application portal.api."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Registers the room with Django, and what is forgotten from time to time."""

    name = "portal.api"
    label = "api"

    def ready(self) -> None:
        from portal.api.v1.cases import idempotency, modules
        from portal.core import periodic

        periodic.register("idempotency keys of modules", idempotency.forget_old, seconds=3600)
        periodic.register("access tokens of modules", modules.forget_expired, seconds=3600)
