"""What an address leads to: decided here once, for the site's pages and for whoever asks the API about them."""

from dataclasses import dataclass
from enum import Enum

from portal.publication.models import CurrentRecord
from portal.publication.selectors.records import record_at


class Standing(Enum):
    """What is at an address."""

    HERE = "here"
    MOVED = "moved"
    WITHDRAWN = "withdrawn"
    REDACTED = "redacted"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Place:
    """What is at an address, and the record that it belongs to: None where there is nothing. One that has `MOVED` is
    public at its ``path``.
    """

    standing: Standing
    record: CurrentRecord | None


def place(path: str, form: str = "all") -> Place:
    """What a Chinese path of a record (``/visits/x/``) leads to; the record's JSON text is read in one of `FORMS`."""
    record = record_at(path, form)
    if record is None:
        return Place(Standing.NOTHING, None)
    if record.state == CurrentRecord.State.WITHDRAWN:
        return Place(Standing.WITHDRAWN, record)
    if record.state == CurrentRecord.State.REDACTED:
        return Place(Standing.REDACTED, record)
    return Place(Standing.HERE if record.path == path else Standing.MOVED, record)


def place_of_versions(path: str, form: str = "all") -> Place:
    """What the address of a record's versions leads to, ``path`` being the record's: they stay readable there when the
    record is withdrawn.
    """
    found = place(path, form)
    return Place(Standing.HERE, found.record) if found.standing is Standing.WITHDRAWN else found


def introduction(path: str, form: str = "all") -> CurrentRecord | None:
    """The plain page at the Chinese path of the home page or of a list, which introduces it there; None if there is
    none.
    """
    record = record_at(path, form)
    is_plain = record is not None and record.state == CurrentRecord.State.PUBLIC and record.type == "page"
    return record if is_plain else None
