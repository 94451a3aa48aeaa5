"""The types of record, their addresses and their names. The order is the order in which the site and the API list
them.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class RecordType:
    """A type of record.

    ``plural`` is the first segment of its addresses (``/visits/…``) and the name of its resource in the API; frame
    types (menus and banners) have no address of their own.
    """

    code: str
    plural: str
    label: str | Promise
    plural_label: str | Promise
    schema_org: str
    frame: bool = False


_ALL = (
    RecordType("city", "cities", _("City"), _("Cities"), "City"),
    RecordType("exhibit", "exhibits", _("Exhibit"), _("Exhibits"), "ExhibitionEvent"),
    RecordType("visit", "visits", _("Visit"), _("Visits"), "Event"),
    RecordType("agreement", "agreements", _("Agreement"), _("Agreements"), "CreativeWork"),
    RecordType("activity", "activities", _("Activity"), _("Activities"), "Event"),
    RecordType("announcement", "announcements", _("Announcement"), _("Announcements"), "NewsArticle"),
    RecordType("alert", "alerts", _("Consumer alert"), _("Consumer alerts"), "SpecialAnnouncement"),
    RecordType("works", "works", _("Works project"), _("Works projects"), "Project"),
    RecordType("dataset", "datasets", _("Dataset"), _("Datasets"), "Dataset"),
    RecordType("page", "pages", _("Page"), _("Pages"), "WebPage"),
    RecordType("menu", "menus", _("Menu"), _("Menus"), "SiteNavigationElement", frame=True),
    RecordType("banner", "banners", _("Banner"), _("Banners"), "WebPageElement", frame=True),
)
TYPES = {record_type.code: record_type for record_type in _ALL}
#: The types with a list and a page of their own on the site, and a resource in the API.
LISTED = tuple(record_type for record_type in _ALL if not record_type.frame and record_type.code != "page")
BY_PLURAL = {record_type.plural: record_type for record_type in LISTED}
FRAME_TYPES = tuple(record_type.code for record_type in _ALL if record_type.frame)
#: First path segments that no plain page may take.
RESERVED_SEGMENTS = frozenset(
    {
        "admin",
        "api",
        "en",
        "zh",
        "zh-hant",
        "search",
        "media",
        "static",
        "healthz",
        "documents",
        "images",
        "services",
        "feeds",
        "follow",
        "calendar",
        "sitemap",
        "robots",
        "subscriptions",
        "reports",
        "opendata",
        "records",
        "versions",
        "changes",
        "data",
        "login",
        "logout",
    }
    | {record_type.plural for record_type in LISTED}
)
