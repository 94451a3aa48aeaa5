"""Registers the translated fields of all families; the shared bases first, as modeltranslation needs it."""

import cms.base.translation  # noqa: I001
import cms.activities.translation
import cms.agreements.translation
import cms.alerts.translation
import cms.announcements.translation
import cms.cities.translation
import cms.datasets.translation
import cms.exhibits.translation
import cms.frame.translation
import cms.pages.translation
import cms.visits.translation
import cms.works.translation  # noqa: F401
