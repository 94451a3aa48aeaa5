"""Reading what is published: current records, the log, and what the site's frame shows. Everything public
reads through here.
"""

from portal.publication.selectors.chains import successors, supersession_chain
from portal.publication.selectors.cursors import BadCursor
from portal.publication.selectors.frame import Frame, frame
from portal.publication.selectors.latest import (
    last_titles,
    latest_changes,
    latest_of_city,
    latest_records,
    moments,
    withdrawn_among,
)
from portal.publication.selectors.log import (
    Change,
    RedactionNotice,
    Tombstone,
    Version,
    changes,
    head,
    redaction_notice,
    row_on,
    stamp,
    tombstone,
    version,
    version_at,
    versions,
)
from portal.publication.selectors.pages import Page, records_page
from portal.publication.selectors.places import Place, Standing, introduction, place, place_of_versions
from portal.publication.selectors.queries import SORTS, RecordQuery
from portal.publication.selectors.records import FORMS, Served, public_among, ready_among, record, record_at, served
from portal.publication.selectors.whereabouts import Whereabouts, whereabouts
from portal.publication.selectors.whole import Whole, public_records
from portal.publication.selectors.withdrawn import Withdrawn, last_withdrawn, withdrawn

__all__ = [
    "FORMS",
    "SORTS",
    "BadCursor",
    "Change",
    "Frame",
    "Page",
    "Place",
    "RecordQuery",
    "RedactionNotice",
    "Served",
    "Standing",
    "Tombstone",
    "Version",
    "Whereabouts",
    "Whole",
    "Withdrawn",
    "changes",
    "frame",
    "head",
    "introduction",
    "last_titles",
    "last_withdrawn",
    "latest_changes",
    "latest_of_city",
    "latest_records",
    "moments",
    "place",
    "place_of_versions",
    "public_among",
    "public_records",
    "ready_among",
    "record",
    "record_at",
    "records_page",
    "redaction_notice",
    "row_on",
    "served",
    "stamp",
    "successors",
    "supersession_chain",
    "tombstone",
    "version",
    "version_at",
    "versions",
    "whereabouts",
    "withdrawn",
    "withdrawn_among",
]
