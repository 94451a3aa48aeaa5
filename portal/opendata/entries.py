"""The public datasets as catalogues tell of them: each record with the files of its latest version that has any.

However many datasets there are, they are read in a fixed number of queries.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.conf import settings
from django.db.models import F

from portal.opendata import distributions
from portal.opendata.distributions import File
from portal.opendata.formats import Format, offered
from portal.opendata.models import Making
from portal.opendata.punctuality import newest_of
from portal.publication.models import CurrentRecord
from portal.statistics.models import Table

Label = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Entry:
    """A public dataset: its ready record, the files, and how far the making of those of its present version is.

    ``newest_period`` is the code of the period of its table that ends last; empty where the table is not here.
    """

    record: Mapping[str, Any]
    files: Sequence[File]
    making: Making | None
    newest_period: str

    @property
    def uid(self) -> str:
        """The dataset's uid."""
        return self.record["uid"]

    @property
    def name(self) -> str:
        """What stands for it in the addresses of catalogues: the uid without its type, which outlives changes of title
        and place.
        """
        return self.uid.partition(":")[2]

    @property
    def uri(self) -> str:
        """The URI that identifies the dataset; it leads to its page, or to its description in RDF."""
        return f"{settings.BASE_URL}/opendata/datasets/{self.name}/"

    @property
    def topics(self) -> Sequence[str]:
        """The uids of its topics."""
        return self.record["topics"]

    @property
    def frequency(self) -> str:
        """How often it is updated (`vocabularies.FREQUENCIES`)."""
        return self.record["frequency"]

    @property
    def extensions(self) -> set[str]:
        """The kinds of its files (`vocabularies.KINDS`)."""
        return {file.format.extension for file in self.files}

    @property
    def labels(self) -> list[Label | None]:
        """What is said of it and in it: title, summary, coverage, topics, and the names of columns and codes."""
        record = self.record
        found = [record["title"], record["summary"], record["coverage"], *record["labels"]["topics"].values()]
        found += [each["label"] for each in (*record["dimensions"], *record["measures"])]
        return found + [code["label"] for dimension in record["dimensions"] for code in dimension["codes"]]

    @property
    def rows(self) -> int:
        """How many observations its table has."""
        return self.record["table"]["rows"]

    @property
    def expected(self) -> list[Format]:
        """The formats that a table of its size is given in."""
        return offered(self.rows)


def entries(*uids: str) -> list[Entry]:
    """All public datasets, or those of these uids, the latest by their own dates first. Three queries."""
    found = CurrentRecord.objects.filter(type="dataset", state=CurrentRecord.State.PUBLIC)
    if uids:
        found = found.filter(uid__in=uids)
    ordered = found.order_by(F("sort_date").desc(nulls_last=True), "uid")
    read = list(ordered.values_list("uid", "row_id", "ready"))
    files = distributions.of_latest([uid for uid, _seq, _ready in read])
    makings = Making.objects.in_bulk([seq for _uid, seq, _ready in read])
    return [_entry(orjson.loads(ready), files.get(uid, []), makings.get(seq)) for uid, seq, ready in read]


def entry(uid: str) -> Entry | None:
    """The entry of a dataset; None unless it is public."""
    return next(iter(entries(uid)), None)


def _entry(record: Mapping[str, Any], files: Sequence[File], making: Making | None) -> Entry:
    newest = making.newest_period if making else ""
    return Entry(record, files, making, newest or _read_newest(record["table"]["digest"]))


def _read_newest(digest: str) -> str:
    """From the table itself, until the consumer has been there."""
    try:
        return newest_of(digest)
    except Table.DoesNotExist:
        return ""
