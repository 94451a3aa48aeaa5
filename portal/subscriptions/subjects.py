"""What can be followed, and what a row of the log is about.

A subject is ``all``, ``type:`` and the code of a record type, or the uid of a topic or a city. A record is told to
those who follow any of its subjects.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from portal.core.languages import CHINESE, ENGLISH, translated
from portal.publication.models import CurrentRecord, LogRow
from portal.publication.topics import TOPICS
from portal.publication.types import BY_PLURAL, LISTED
from portal.rendering.texts import LanguageMap

ALL = "all"
#: Whose records are told: those with a page of their own that is not a plain page.
_TOLD = frozenset(kind.code for kind in LISTED)
#: Of use to editors alone.
_NO_SUBJECT = "topic:about"
#: Alerts first: they are what a reader must not miss.
_FIRST = "alert"


def offered() -> dict[str, dict[str, LanguageMap]]:
    """What can be chosen, in groups (types, topics, cities), each subject with its name; one query."""
    kinds = sorted(BY_PLURAL.values(), key=lambda kind: kind.code != _FIRST)
    cities = CurrentRecord.objects.filter(state=CurrentRecord.State.PUBLIC, type="city")
    return {
        "types": {f"type:{kind.code}": translated(kind.plural_label) for kind in kinds},
        "topics": {uid: name for uid, name in TOPICS.items() if uid != _NO_SUBJECT},
        "cities": {
            uid: {CHINESE: chinese, ENGLISH: english or None}
            for uid, chinese, english in cities.order_by("title_en", "uid").values_list(
                "uid", "title_zh_hant", "title_en"
            )
        },
    }


def named(subjects: Iterable[str]) -> list[LanguageMap]:
    """The names of subjects in the order in which they are offered; nothing for ``all``, or for a city that is gone."""
    chosen = set(subjects)
    return [name for group in offered().values() for subject, name in group.items() if subject in chosen]


def subjects_of(row: LogRow) -> set[str]:
    """The subjects of a row that publishes, corrects or withdraws a record; none of any other row.

    They are those of its version and of the one before: whoever was told of a version is told of what became of it.
    A version that was redacted has none.
    """
    if row.type not in _TOLD or row.action == LogRow.Action.REDACT:
        return set()
    versions = LogRow.objects.filter(uid=row.uid, seq__lte=row.seq, action=LogRow.Action.PUBLISH)
    documents = versions.order_by("-seq").values_list("content__document", flat=True)[:2]
    found: set[str] = set()
    for document in documents:
        if document is not None:
            found |= _about(orjson.loads(document))
    return found


def _about(document: Mapping[str, Any]) -> set[str]:
    cities = {document["uid"]} if document["type"] == "city" else set(document["relations"]["cities"])
    return {ALL, f"type:{document['type']}"} | cities | set(document["topics"])
