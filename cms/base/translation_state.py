"""How the English of each member stands to its Chinese.

For every member that has texts, the page remembers a digest of the Chinese and of the English as they were when the
English was last written or reviewed, and whether a machine wrote it. English that was changed since is taken to follow
the Chinese of now; Chinese that was changed while the English stayed makes the English stale.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from portal.core.canonical import canonical_json, sha256_hex
from portal.core.languages import CHINESE, ENGLISH, is_language_map

#: Members whose texts are not the portal's to translate, or have none.
_LEFT_OUT = frozenset({"source", "translation", "change_note", "dates", "relations", "topics"})

_WORST_FIRST = ("missing", "stale", "machine")

Texts = dict[str, tuple[list[str], list[str | None]]]


def texts(document: Mapping[str, Any]) -> Texts:
    """Member → its Chinese and its English texts, in order. Blocks of the body stand by themselves as ``body/<id>``."""
    found: Texts = {}
    for member, value in document.items():
        if member in _LEFT_OUT:
            continue
        parts = [(f"body/{block['id']}", block) for block in value] if member == "body" else [(member, value)]
        for name, part in parts:
            pairs = list(_pairs(part))
            if pairs:
                found[name] = ([chinese for chinese, _ in pairs], [english for _, english in pairs])
    return found


def states(document: Mapping[str, Any], basis: Mapping[str, Any]) -> dict[str, str]:
    """Member → current, stale, machine or missing. Missing as soon as one text of the member has no English."""
    found = {}
    for member, (chinese, english) in texts(document).items():
        known = basis.get(member)
        if None in english:
            found[member] = "missing"
        elif known and known["zh"] != _digest(chinese):
            found[member] = "stale"
        else:
            found[member] = "machine" if known and known.get("machine") else "current"
    return found


def renewed(page: Any) -> tuple[dict[str, Any], str]:
    """The basis after an edit, and the worst state of any member.

    The basis is renewed for every member whose English changed, or that the editor has reviewed
    (`page.english_reviewed`); `page.english_by_machine` says that what changed was written by a machine. Both are set
    by the form or the seeding for one save.
    """
    from cms.base.document import texts_of

    document = texts_of(page)
    reviewed, machine = getattr(page, "english_reviewed", False), getattr(page, "english_by_machine", False)
    before, after = page.translation_basis or {}, {}
    for member, (chinese, english) in texts(document).items():
        known = before.get(member)
        if known and known["en"] == _digest(english) and not reviewed:
            after[member] = known
        elif any(english):
            after[member] = {"zh": _digest(chinese), "en": _digest(english), "machine": machine and not reviewed}
    found = set(states(document, after).values())
    return after, next((state for state in _WORST_FIRST if state in found), "current")


def _digest(parts: list[Any]) -> str:
    return sha256_hex(canonical_json(parts))[:16]


def _pairs(value: Any) -> Iterator[tuple[str, str | None]]:
    """Every text in a value. The name of a person whose Latin form is unknown is not waiting for a translation."""
    if is_language_map(value):
        yield value[CHINESE], value[ENGLISH]
    elif isinstance(value, Mapping):
        for member, part in value.items():
            if member == "name" and value.get("name_status") == "unverified":
                continue
            yield from _pairs(part)
    elif isinstance(value, list):
        for part in value:
            yield from _pairs(part)
