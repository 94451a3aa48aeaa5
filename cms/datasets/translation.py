"""Translated fields of DatasetPage."""

from modeltranslation.translator import TranslationOptions, register

from cms.datasets.models import DatasetPage


@register(DatasetPage)
class DatasetPageTranslation(TranslationOptions):
    """Besides the texts of every record."""

    fields = ("coverage",)
