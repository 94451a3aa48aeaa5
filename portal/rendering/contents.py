"""What is put on pages beside a record: lists and their filters, the home page, versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from portal.publication.ready import Cited
from portal.rendering.changed_figures import ChangedFigures
from portal.rendering.texts import LanguageMap
from portal.statistics.figures import Difference

#: A ready record.
Record = Mapping[str, Any]


@dataclass(frozen=True)
class Choice:
    """A filter of a list as a link: what it is called, where it leads, how many records it leaves, whether it
    is on.
    """

    label: LanguageMap | str
    address: str
    count: int | None = None
    is_on: bool = False


@dataclass(frozen=True)
class ChoiceGroup:
    """Filters of one kind (years, cities, topics)."""

    title: str
    choices: Sequence[Choice]


@dataclass(frozen=True)
class ListPage:
    """What a list's page shows. Addresses are of the page's language; ``path`` is the Chinese one with its query.
    ``cities`` are all there are, on the list of cities: for its map.
    """

    type: str
    path: str
    records: Sequence[Record]
    count: int
    groups: Sequence[ChoiceGroup] = ()
    next_address: str | None = None
    previous_address: str | None = None
    intro: Record | None = None
    is_filtered: bool = False
    #: Alert → the public alerts that supersede it.
    successors: Mapping[str, Sequence[Record]] = field(default_factory=dict)
    cities: Sequence[Record] = ()


@dataclass(frozen=True)
class Hit:
    """A result of a search. ``title`` and ``snippet`` are safe HTML whose only element is ``<mark>``; ``url`` is of the
    page's language, None where the record has no page; ``dates`` are the record's, None where it is undated.
    ``alert`` is the ready record of an alert, ``successors`` are the public ones that supersede it.
    """

    type: str
    title: str
    snippet: str
    url: str | None
    dates: Mapping[str, Any] | None
    alert: Record | None = None
    successors: Sequence[Record] = ()


@dataclass(frozen=True)
class SearchPage:
    """What the search page shows. Addresses are of the page's language; ``path`` is the Chinese one with its query.

    ``text``, ``first`` and ``last`` are as they were typed; ``kept`` and ``kept_by_dates`` are the parameters that the
    form of the text and the form of the dates carry along. ``count`` is None where nothing was searched because of
    ``problems``, which are sentences by parameter. ``chips`` are the filters that are on, each leading to where it is
    off. ``is_relaxed`` says that some hits have only a part of what was asked for, ``is_fallback`` that another index
    than the usual one answered.
    """

    path: str
    text: str
    first: str = ""
    last: str = ""
    kept: Mapping[str, str] = field(default_factory=dict)
    kept_by_dates: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    hits: Sequence[Hit] = ()
    count: int | None = None
    groups: Sequence[ChoiceGroup] = ()
    chips: Sequence[Choice] = ()
    orders: Sequence[Choice] = ()
    next_address: str | None = None
    previous_address: str | None = None
    suggestion: Choice | None = None
    unfiltered: str | None = None
    is_relaxed: bool = False
    is_fallback: bool = False


@dataclass(frozen=True)
class HomePage:
    """What the home page shows. ``counts`` has the number of public records per type, ``successors`` has for an alert
    the public ones that supersede it. ``trends`` has for a figure of ``intro``, by its dataset and key, the figures of
    its series up to it; ``corrections`` are those that their datasets do not have so any more.
    """

    latest: Sequence[Record]
    exhibits: Sequence[Record]
    works: Sequence[Record]
    counts: Mapping[str, int]
    cities: Sequence[Record] = ()
    intro: Record | None = None
    alerts: Sequence[Record] = ()
    successors: Mapping[str, Sequence[Record]] = field(default_factory=dict)
    trends: Mapping[tuple[str, str], Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    corrections: Sequence[Difference] = ()


@dataclass(frozen=True)
class Near:
    """A place that a reader may have meant who asked for an address that is none: its Chinese path and its title."""

    path: str
    title: LanguageMap


@dataclass(frozen=True)
class CityPage:
    """What a city's page shows from elsewhere: all cities, and the exchanges with others of its country, the newest
    first.
    """

    cities: Sequence[Record] = ()
    same_country: Sequence[Record] = ()


@dataclass(frozen=True)
class VersionNotice:
    """That a page shows an old version of a record. ``present`` is the record's Chinese path, None if it is
    withdrawn.
    """

    number: int
    latest: int
    published_at: str
    present: str | None
    versions: str


@dataclass(frozen=True)
class VersionLine:
    """One version in the list of a record's versions: ``action`` is publish, withdraw or redact; ``path`` is
    None if its text is gone.
    """

    number: int
    action: str
    published_at: str
    note: LanguageMap | None
    path: str | None
    is_redacted: bool = False


@dataclass(frozen=True)
class ComparisonPage:
    """What the comparison of two versions shows. ``path`` is the record's Chinese path, ``versions`` are all of its
    versions, the first first, ``first`` and ``last`` the numbers of the two whose documents are ``before`` and
    ``after``. ``cited`` are the public records that either names. ``figures`` are the changed observations of a
    dataset, None where its table is the same or is not held here.
    """

    title: LanguageMap | None
    path: str
    is_public: bool
    versions: Sequence[VersionLine]
    first: int
    last: int
    before: Record
    after: Record
    cited: Mapping[str, Cited]
    figures: ChangedFigures | None = None


@dataclass(frozen=True)
class FileLink:
    """A file to download: the code of its format, what that is called and what readers choose it by (``CSV``), its
    language (None where it has codes and both languages), and its address.
    """

    code: str
    label: LanguageMap
    kind: str
    language: str | None
    address: str


@dataclass(frozen=True)
class Download(FileLink):
    """A file that never changes: what it is called when it is saved, its size in bytes and its SHA-256."""

    filename: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Downloads:
    """The files of a dataset as its page lists them: those of ``version``, which is not the present one while that is
    being made. ``left_out`` are the kinds of file that hold at most ``most_rows`` rows, which its table has more than.
    ``structured`` is the dataset in schema.org's words, None for an old version.
    """

    files: Sequence[Download]
    version: int
    is_present: bool
    left_out: Sequence[str]
    most_rows: int
    identifier: str
    structured: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class CatalogueItem:
    """A dataset of statistics in the catalogue of open data. ``criteria`` say in the page's language what the score is
    made of; each has ``label``, ``points``, ``out_of`` and ``reason``.
    """

    record: Record
    files: Sequence[FileLink]
    newest_period: str
    score: int
    criteria: Sequence[Any]
    overdue_since: str | None


@dataclass(frozen=True)
class CollectionItem:
    """The records of a type in the catalogue of open data: the address of their list in the page's language, how many
    there are, the day on which one of them last changed (ISO 8601), and the addresses of the latest files.
    """

    title: LanguageMap
    summary: LanguageMap
    address: str
    count: int
    changed_on: str
    frequency: LanguageMap
    files: Sequence[FileLink]


@dataclass(frozen=True)
class CataloguePage:
    """What the catalogue of open data shows. Addresses are of the page's language; ``path`` is the Chinese one with its
    query, ``kept`` the parameters that the form of the text carries along. ``statistics`` and ``collections`` are what
    of ``count`` datasets is on this page.
    """

    path: str
    text: str
    kept: Mapping[str, str]
    statistics: Sequence[CatalogueItem]
    collections: Sequence[CollectionItem]
    count: int
    groups: Sequence[ChoiceGroup] = ()
    chips: Sequence[Choice] = ()
    next_address: str | None = None
    previous_address: str | None = None
    unfiltered: str | None = None
