"""Translated fields of PlainPage."""

from modeltranslation.translator import TranslationOptions, register

from cms.pages.models import PlainPage


@register(PlainPage)
class PlainPageTranslation(TranslationOptions):
    """Besides the texts of every record."""

    fields = ()
