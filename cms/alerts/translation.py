"""Translated fields of AlertPage."""

from modeltranslation.translator import TranslationOptions, register

from cms.alerts.models import AlertPage


@register(AlertPage)
class AlertPageTranslation(TranslationOptions):
    """Besides the texts of every record."""

    fields = ("hazard", "remedy")
