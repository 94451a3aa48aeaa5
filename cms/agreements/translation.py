"""Translated fields of AgreementPage."""

from modeltranslation.translator import TranslationOptions, register

from cms.agreements.models import AgreementPage


@register(AgreementPage)
class AgreementPageTranslation(TranslationOptions):
    """Besides the texts of every record."""

    fields = ("place",)
