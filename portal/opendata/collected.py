"""The record collections as catalogues tell of them: what each is called and holds, and what there is of it.

A collection is listed once a record of its type has been published, and stays so when all are withdrawn. All that is
said of it is read from the current records, so that it is right for the head's stamp, by which catalogues are kept. Its
files are not among that: they are made anew without the stamp, and may not be served for a while once something was
taken back. So a collection has addresses that lead to the latest files, and neither their sizes nor their digests.
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Max, Min, Q

from portal.opendata.collection_texts import ABOUT, Label
from portal.opendata.collections import FORMATS
from portal.opendata.record_columns import members
from portal.opendata.record_words import column_label
from portal.opendata.vocabularies import CONTINUOUS
from portal.publication import rows
from portal.publication.models import CurrentRecord
from portal.publication.topics import TOPICS
from portal.publication.types import LISTED, RecordType


@dataclass(frozen=True, slots=True)
class Collection:
    """The collection of a type: how many public records it has, when the first record of the type was published, and
    when one of them, or what it shows of others, last changed; both as the log writes moments.
    """

    record_type: RecordType
    records: int
    issued: str
    modified: str

    @property
    def name(self) -> str:
        """What stands for it in addresses."""
        return self.record_type.plural

    @property
    def uid(self) -> str:
        """What catalogues know it by. No record has such a uid."""
        return f"collection:{self.name}"

    @property
    def uri(self) -> str:
        """The URI that identifies it; it leads to the list of its records, or to its description in RDF."""
        return f"{settings.BASE_URL}/opendata/collections/{self.name}/"

    @property
    def path(self) -> str:
        """The Chinese path of the list of its records."""
        return f"/{self.name}/"

    @property
    def title(self) -> Label:
        """What it is called."""
        return ABOUT[self.record_type.code].title

    @property
    def holds(self) -> Label:
        """What its records hold."""
        return ABOUT[self.record_type.code].holds

    @property
    def description(self) -> Label:
        """What its records hold, and that they are kept current."""
        return ABOUT[self.record_type.code].description

    @property
    def topics(self) -> Sequence[str]:
        """The uids of what all its records are about."""
        return ABOUT[self.record_type.code].topics

    @property
    def frequency(self) -> str:
        """How often it is updated (`vocabularies.FREQUENCIES`)."""
        return CONTINUOUS

    @property
    def extensions(self) -> set[str]:
        """The kinds of its files (`vocabularies.KINDS`)."""
        return {each.extension for each in FORMATS.values()}

    @property
    def labels(self) -> list[Label]:
        """What is said of it and in it: title, description, topics, and the names of its own columns."""
        columns = (column_label(member.path) for member in members(self.record_type.code))
        return [self.title, self.description, *(TOPICS[topic] for topic in self.topics), *columns]


def collected() -> list[Collection]:
    """The collections of all types of which a record was ever published, in the order of the types. One query."""
    types = CurrentRecord.objects.filter(type__in=[kind.code for kind in LISTED]).order_by().values("type")
    found = {
        each["type"]: each
        for each in types.annotate(
            records=Count("uid", filter=Q(state=CurrentRecord.State.PUBLIC)),
            issued=Min("published_at"),
            modified=Max("changed_at"),
        )
    }
    return [
        Collection(kind, about["records"], about["issued"], rows.moment(about["modified"], not_before=about["issued"]))
        for kind in LISTED
        if (about := found.get(kind.code))
    ]


@functools.lru_cache(maxsize=4)
def collected_at(stamp: str) -> Sequence[Collection]:
    """The same, read once as long as the head's stamp, which was read before, is this one: on a page that is made anew
    for every reader. What is kept is never older than the stamp, and one that has passed is never asked for again.
    """
    return tuple(collected())


def collection(name: str) -> Collection | None:
    """The collection of a name; None if it is not listed."""
    return next((each for each in collected() if each.name == name), None)
