"""All page types, for Django to find; each lives with its family."""

from cms.activities.models import ActivityPage
from cms.agreements.models import AgreementPage
from cms.alerts.models import AlertPage
from cms.announcements.models import AnnouncementPage
from cms.base.models import CityLink, RelatedLink
from cms.cities.models import CityPage
from cms.datasets.models import DatasetPage
from cms.desk.models import PublicationFailure
from cms.exhibits.models import ExhibitPage
from cms.frame.models import BannerPage, MenuPage
from cms.pages.models import PlainPage
from cms.seeding.models import SeededRecord
from cms.visits.models import VisitPage
from cms.works.models import WorksPage

__all__ = [
    "ActivityPage",
    "AgreementPage",
    "AlertPage",
    "AnnouncementPage",
    "BannerPage",
    "CityLink",
    "CityPage",
    "DatasetPage",
    "ExhibitPage",
    "MenuPage",
    "PlainPage",
    "PublicationFailure",
    "RelatedLink",
    "SeededRecord",
    "VisitPage",
    "WorksPage",
]
