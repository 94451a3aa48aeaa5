"""The sources of a record: numbered, with what each proves, and the seals that lead to them from what they prove."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from portal.core.languages import is_language_map
from portal.rendering.members import term
from portal.rendering.proven import marked, observed_words, proven_words
from portal.rendering.source_documents import document_title, section_title
from portal.rendering.texts import LanguageMap, plain

#: Longer texts are no names.
_LONGEST_NAME = 60


@dataclass(frozen=True)
class Source:
    """One proof: a place in a document, its very words, and what they prove. ``quote`` is in the document's
    own language, as safe HTML in which the words that state what they prove are marked.
    """

    number: int
    document: LanguageMap
    section: str
    section_title: LanguageMap | None
    quote: SafeString
    doubt: LanguageMap | None
    proves: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """The fragment that leads to this source on its page."""
        return f"source-{self.number}"


class Sources:
    """All sources of one record, in the order of its document; iterable."""

    def __init__(
        self, record: Mapping[str, Any], language: str, observations: Iterable[Mapping[str, Any]] = ()
    ) -> None:
        """``observations`` are the rows of a dataset's table: their values are marked in the quotes."""
        observed = observed_words(record, observations)
        self._record, self._language = record, language
        self._numbers: dict[str, list[int]] = defaultdict(list)
        self._entries = []
        for number, entry in enumerate(record.get("source") or [], start=1):
            for path in entry["proves"]:
                self._numbers[path].append(number)
            names = dict.fromkeys(_name(record, path, language) for path in entry["proves"])
            self._entries.append(
                Source(
                    number,
                    document_title(entry["document"]),
                    entry["section"],
                    section_title(entry["document"], entry["section"]),
                    marked(entry["quote"], _words(record, entry["proves"], observed)),
                    entry.get("doubt"),
                    tuple(names),
                )
            )

    def __iter__(self):
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def seal(self, path: str, name: str) -> SafeString:
        """A link to the first source that proves a member, or the whole that the member is part of; nothing
        where none does. It names the numbers of all of them, for a script that shows them beside the member.

        ``name`` says in words what is proved; what the path leads to is called as its source calls it.
        """
        whole = path.partition("/")[0]
        numbers = self._numbers.get(path) or self._numbers.get(whole)
        if not numbers:
            return SafeString("")
        name = name or _name(self._record, path, self._language)
        return format_html(
            ' <a class="seal" href="#source-{}" data-sources="{}" data-name="{}" aria-label="{}">{}</a>',
            numbers[0],
            " ".join(map(str, numbers)),
            name,
            gettext("§ Source: %(name)s") % {"name": name},
            pgettext("seal", "§"),
        )


def _words(record: Mapping[str, Any], proves: Sequence[str], observed: Mapping[str, set[str]]) -> set[str]:
    """What a quote may say word for word: the values of the observations that it proves, or what else it proves."""
    of_observations = set[str]().union(*(observed.get(path, ()) for path in proves))
    return of_observations or {word for path in proves for word in proven_words(record, path)}


def _name(record: Mapping[str, Any], path: str, language: str) -> str:
    """What a path into a document is called: the member's term, or the name of the very item where it has one."""
    member, _, rest = path.partition("/")
    if member == "body" and rest:
        return _block_name(record, rest, language)
    if member == "observations" and rest and record["type"] == "dataset":
        return _observation_name(record, rest, language)
    items = record.get(member)
    if rest.isdigit() and isinstance(items, list) and int(rest) < len(items):
        item = items[int(rest)]
        named = item.get("name") or item.get("label") or (item if is_language_map(item) else None)
        if named and len(name := plain(named, language)) <= _LONGEST_NAME:
            return name
    return term(record["type"], member)


def _block_name(record: Mapping[str, Any], block_id: str, language: str) -> str:
    """A block by its own label, or by its place among the blocks."""
    before: Mapping[str, Any] = {}
    for place, block in enumerate(record["body"], start=1):
        if block["id"] == block_id:
            # The home page has a text after each figure that says what it means.
            label = block.get("label") or (before.get("label") if record["type"] == "page" else None)
            return plain(label, language) if label else gettext("Text, part %(number)s") % {"number": place}
        before = block
    return term(record["type"], "body")


def _observation_name(record: Mapping[str, Any], key: str, language: str) -> str:
    """An observation by the labels of its codes instead of its key; its measure and period only where there
    are several or nothing else.
    """
    measure, *codes = key.split(".")
    labels = [
        next((each["label"] for each in dimension["codes"] if each["code"] == code), None)
        for dimension, code in zip(record["dimensions"], codes, strict=False)
    ]
    if len(record["measures"]) > 1 or not labels:
        labels.insert(0, next((each["label"] for each in record["measures"] if each["code"] == measure), None))
    return " · ".join(plain(label, language) for label in labels if label) or key
