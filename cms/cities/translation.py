"""Translated fields of CityPage."""

from modeltranslation.translator import TranslationOptions, register

from cms.cities.models import CityPage


@register(CityPage)
class CityPageTranslation(TranslationOptions):
    """Besides the texts of every record."""

    fields = ("region",)
