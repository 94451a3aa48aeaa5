"""Is the process alive, and can it serve?"""

from django.apps import apps
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers; asks nothing of other parts."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and every migration is applied, otherwise 503 with the failing check.

    `consumers` tells how many log rows each consumer has yet to follow. A lag does not make the process
    unready: publishing and reading go on while a consumer catches up.
    """
    consumers: dict[str, int] = {}
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        checks = {"database": "ok", "migrations": f"{len(missing)} not applied" if missing else "ok"}
        if not missing:
            consumers = lags()
    except DatabaseError:
        checks = {"database": "unreachable"}
    healthy = all(value == "ok" for value in checks.values())
    body = {"status": "ok" if healthy else "not ready", "checks": checks, "consumers": consumers}
    return JsonResponse(body, status=200 if healthy else 503)


def lags() -> dict[str, int]:
    """Consumer → rows between its position and the log's head.

    The models are looked up by name, because this room imports none of the others.
    """
    if not apps.is_installed("portal.publication"):
        return {}
    head = apps.get_model("publication", "LogRow").objects.order_by("-seq").values_list("seq", flat=True).first()
    positions = apps.get_model("publication", "ConsumerPosition").objects.values_list("consumer", "seq")
    return {consumer: max((head or 0) - seq, 0) for consumer, seq in positions.order_by("consumer")}
