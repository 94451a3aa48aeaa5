"""Entries as results show them, kept by a process for as long as no entry changes: what is found is mostly found again.

Whoever asks says which stamp the entries had. It was read before they are: what is read after it says at least as much,
and a process in which another stamp has been seen since begins anew.
"""

from collections.abc import Sequence

import orjson

from search import lookups
from search.documents import key_of

#: Texts that are kept, and the characters of the longest of them: some 3 MB where they are of usual length, 16 MB at
#: most.
_MOST, _LONGEST = 2_000, 4_000


class _Kept:
    def __init__(self) -> None:
        self._state: tuple[str, dict[tuple[int, str], str], dict[tuple[str, str], str | None]] = ("", {}, {})

    def shown(self, keys: Sequence[int], language: str, stamp: str) -> dict[int, str]:
        """What results show of these entries, as JSON texts, by key; those that are gone are left out."""
        texts, _titles = self._at(stamp)
        found = {key: texts[key, language] for key in keys if (key, language) in texts}
        if len(found) < len(keys):
            read = lookups.shown([key for key in keys if key not in found], language)
            texts.update({(key, language): text for key, text in read.items() if len(text) <= _LONGEST})
            found |= read
        return found

    def titles(self, uids: Sequence[str], language: str, stamp: str) -> dict[str, str]:
        """The titles of those of these records that are public; Chinese where the English one is missing."""
        _texts, titles = self._at(stamp)
        keys = {uid: key_of(uid) for uid in uids if (uid, language) not in titles}
        if keys:
            read = lookups.shown(list(keys.values()), language)
            titles.update(
                {
                    (uid, language): orjson.loads(read[key])["title"] if key in read else None
                    for uid, key in keys.items()
                }
            )
        return {uid: title for uid in uids if (title := titles[uid, language]) is not None}

    def _at(self, stamp: str) -> tuple[dict[tuple[int, str], str], dict[tuple[str, str], str | None]]:
        now, texts, titles = self._state
        if now != stamp or len(texts) > _MOST or len(titles) > _MOST:
            texts, titles = {}, {}
            self._state = stamp, texts, titles
        return texts, titles


_kept = _Kept()
shown, titles = _kept.shown, _kept.titles
