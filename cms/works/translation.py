"""Translated fields of WorksPage."""

from modeltranslation.translator import TranslationOptions, register

from cms.works.models import WorksPage


@register(WorksPage)
class WorksPageTranslation(TranslationOptions):
    """Besides the texts of every record."""

    fields = ("place", "contractor")
