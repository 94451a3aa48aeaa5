"""Where the public records are and were: for whoever asks for an address that is none."""

from collections import defaultdict
from dataclasses import dataclass

from portal.core.languages import CHINESE, ENGLISH
from portal.publication.models import Address, CurrentRecord
from portal.publication.ready import Cited


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A public record with a page, and the Chinese paths that it once had."""

    record: Cited
    former: tuple[str, ...]


def whereabouts(limit: int) -> list[Whereabouts]:
    """The public records with a page whose present versions are the newest, up to ``limit``, in two queries."""
    public = CurrentRecord.objects.filter(state=CurrentRecord.State.PUBLIC, path__isnull=False)
    columns = ("uid", "type", "title_zh_hant", "title_en", "path")
    found = {row[0]: row for row in public.order_by("-row_id").values_list(*columns)[:limit]}
    former: dict[str, list[str]] = defaultdict(list)
    for path, uid in Address.objects.order_by("-since", "path").values_list("path", "uid")[: 2 * limit]:
        if uid in found and path != found[uid][4]:
            former[uid].append(path)
    return [
        Whereabouts(Cited(uid, record_type, {CHINESE: chinese, ENGLISH: english or None}, path), tuple(former[uid]))
        for uid, record_type, chinese, english, path in found.values()
    ]
