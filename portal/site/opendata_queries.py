"""What the address of the catalogue asks for, and which datasets that leaves."""

import re
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from portal.core.typed import one_line
from portal.opendata.collected import Collection
from portal.opendata.entries import Entry
from portal.opendata.vocabularies import FREQUENCY_LABELS, KINDS
from portal.publication.topics import TOPICS
from portal.site.queries import BadQuery
from search.analysis.folding import fold

PATH = "/opendata/"
#: Datasets on a page.
LIMIT = 50
LONGEST_TEXT = 100
Listed = Entry | Collection
#: Kind of dataset → which those are.
DATASETS: dict[str, type] = {"statistics": Entry, "records": Collection}
_ORDER = {"q": "text", "kind": "kind", "topic": "topic", "format": "format", "frequency": "frequency", "page": "page"}
_PAGE = re.compile(r"[1-9][0-9]{0,3}")


@dataclass(frozen=True)
class CatalogueQuery:
    """Words, a kind of dataset (`DATASETS`), a topic's uid, a kind of file by its extension, a frequency, and the
    number of a page; each as the address has it, empty where it is not given.
    """

    text: str = ""
    kind: str = ""
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

    def matching(self, datasets: Sequence[Listed]) -> list[Listed]:
        """The datasets that it leaves."""
        return [each for each in datasets if all(test(each) for test in self._tests())]

    def _tests(self) -> Iterator[Callable[[Listed], bool]]:
        if self.kind:
            yield lambda each: isinstance(each, DATASETS[self.kind])
        if self.topic:
            yield lambda each: self.topic in each.topics
        if self.format:
            yield lambda each: self.format in each.extensions
        if self.frequency:
            yield lambda each: each.frequency == self.frequency
        if words := fold(self.text).text.split():
            yield lambda each: all(word in _words_of(each) for word in words)


def read(parameters: QueryDict) -> CatalogueQuery:
    """The query of an address. Raises `BadQuery` for a value that no page of this site links to and no form sends."""
    given = {member: one_line(parameters.get(name, "")).strip() for name, member in _ORDER.items()}
    allowed: dict[str, Container[str]] = {
        "kind": DATASETS,
        "topic": TOPICS,
        "format": KINDS,
        "frequency": FREQUENCY_LABELS,
    }
    for name, values in allowed.items():
        if given[name] and given[name] not in values:
            raise BadQuery(name)
    if given["page"] and not _PAGE.fullmatch(given["page"]):
        raise BadQuery("page")
    if len(given["text"]) > LONGEST_TEXT:
        raise BadQuery("q")
    return CatalogueQuery(**given)


def kind_of(dataset: Listed) -> str:
    """The kind of a dataset (`DATASETS`)."""
    return next(kind for kind, those in DATASETS.items() if isinstance(dataset, those))


def _words_of(dataset: Listed) -> str:
    """What words are looked for in."""
    texts = [text for label in dataset.labels if label for text in label.values() if text]
    return fold("\n".join([dataset.uid, *texts])).text
