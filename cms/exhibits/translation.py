"""Translated fields of ExhibitPage."""

from modeltranslation.translator import TranslationOptions, register

from cms.exhibits.models import ExhibitPage


@register(ExhibitPage)
class ExhibitPageTranslation(TranslationOptions):
    """Besides the texts of every record."""

    fields = ("place", "series")
