"""What the address of the catalogue asks for, and which datasets that leaves."""

import re
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from portal.core.typed import one_line
from portal.opendata.entries import Entry
from portal.opendata.vocabularies import KINDS
from portal.publication.codelists import LISTS
from portal.publication.topics import TOPICS
from portal.site.queries import BadQuery
from search.analysis.folding import fold

PATH = "/opendata/"
#: Datasets on a page.
LIMIT = 50
LONGEST_TEXT = 100
FREQUENCIES = LISTS["dataset.frequency"]
_ORDER = {"q": "text", "topic": "topic", "format": "format", "frequency": "frequency", "page": "page"}
_PAGE = re.compile(r"[1-9][0-9]{0,3}")


@dataclass(frozen=True)
class CatalogueQuery:
    """Words, a topic's uid, a kind of file by its extension, a frequency, and the number of a page; each as the address
    has it, empty where it is not given.
    """

    text: str = ""
    topic: str = ""
    format: str = ""
    frequency: str = ""
    page: str = ""

    @property
    def is_filtered(self) -> bool:
        """Whether this is less than the whole catalogue from its beginning."""
        return self != CatalogueQuery()

    @property
    def path(self) -> str:
        """The Chinese address; the same for the same page."""
        given = self.given()
        return f"{PATH}?{urlencode(given, safe=':')}" if given else PATH

    @property
    def number(self) -> int:
        """The number of the page, from 1."""
        return int(self.page or 1)

    def given(self, *, without: tuple[str, ...] = ()) -> dict[str, str]:
        """The parameters that are given, without some members."""
        return {
            parameter: value
            for parameter, member in _ORDER.items()
            if member not in without and (value := getattr(self, member))
        }

    def changed(self, **members: str) -> "CatalogueQuery":
        """The same with other members, from its beginning."""
        return replace(self, **{"page": "", **members})

    def matching(self, entries: list[Entry]) -> list[Entry]:
        """The entries that it leaves."""
        return [entry for entry in entries if all(test(entry) for test in self._tests())]

    def _tests(self) -> Iterator[Callable[[Entry], bool]]:
        if self.topic:
            yield lambda entry: self.topic in entry.record["topics"]
        if self.format:
            yield lambda entry: self.format in extensions(entry)
        if self.frequency:
            yield lambda entry: entry.record["frequency"] == self.frequency
        if words := fold(self.text).text.split():
            yield lambda entry: all(word in _words_of(entry) for word in words)


def read(parameters: QueryDict) -> CatalogueQuery:
    """The query of an address. Raises `BadQuery` for a value that no page of this site links to and no form sends."""
    given = {member: one_line(parameters.get(name, "")).strip() for name, member in _ORDER.items()}
    allowed: dict[str, Container[str]] = {"topic": TOPICS, "format": KINDS, "frequency": FREQUENCIES}
    for name, values in allowed.items():
        if given[name] and given[name] not in values:
            raise BadQuery(name)
    if given["page"] and not _PAGE.fullmatch(given["page"]):
        raise BadQuery("page")
    if len(given["text"]) > LONGEST_TEXT:
        raise BadQuery("q")
    return CatalogueQuery(**given)


def extensions(entry: Entry) -> set[str]:
    """The kinds of the files of a dataset."""
    return {file.format.extension for file in entry.files}


def _words_of(entry: Entry) -> str:
    """What words are looked for in: title, summary, coverage, topics, and the names of columns and codes."""
    record = entry.record
    labels = [record["title"], record["summary"], record["coverage"], *record["labels"]["topics"].values()]
    labels += [each["label"] for each in (*record["dimensions"], *record["measures"])]
    labels += [code["label"] for dimension in record["dimensions"] for code in dimension["codes"]]
    texts = [text for label in labels if label for text in label.values() if text]
    return fold("\n".join([entry.uid, *texts])).text
