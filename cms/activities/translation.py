"""Translated fields of ActivityPage."""

from modeltranslation.translator import TranslationOptions, register

from cms.activities.models import ActivityPage


@register(ActivityPage)
class ActivityPageTranslation(TranslationOptions):
    """Besides the texts of every record."""

    fields = ("place",)
