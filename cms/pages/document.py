"""The members of a document of type page, besides the common ones."""

from cms.base.members import Plain

MEMBERS = (Plain("section"),)
