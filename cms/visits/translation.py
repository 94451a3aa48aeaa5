"""Translated fields of VisitPage."""

from modeltranslation.translator import TranslationOptions, register

from cms.visits.models import VisitPage


@register(VisitPage)
class VisitPageTranslation(TranslationOptions):
    """Besides the texts of every record."""

    fields = ("delegation", "office", "place")
