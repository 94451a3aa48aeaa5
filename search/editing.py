"""What editors enter, kept as searches compare it: synonyms among the names that pair, pins by their folded query. It
counts from the next search on.
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save

from search import counting
from search.models import Name, Pin, Synonym
from search.names import key


def connect() -> None:
    """Follow what editors save and delete."""
    post_save.connect(_take_synonyms, sender=Synonym, dispatch_uid="search.synonyms")
    post_delete.connect(_drop_synonyms, sender=Synonym, dispatch_uid="search.synonyms")
    pre_save.connect(_fold_query, sender=Pin, dispatch_uid="search.pins")


def _uid(synonym: Synonym) -> str:
    return f"synonym:{synonym.pk}"


def _take_synonyms(instance: Synonym, **_kwargs: Any) -> None:
    folded = {key(line): line for line in instance.lines}
    uid = _uid(instance)
    _replace(
        uid,
        [Name(uid=uid, pair=uid, folded=term, text=line[:200], language="") for term, line in folded.items() if term],
    )


def _drop_synonyms(instance: Synonym, **_kwargs: Any) -> None:
    _replace(_uid(instance), [])


def _replace(uid: str, names: Sequence[Name]) -> None:
    with transaction.atomic():
        counting.alone()
        counting.replace_names([uid], names)


def _fold_query(instance: Pin, **_kwargs: Any) -> None:
    instance.folded = key(instance.query)
