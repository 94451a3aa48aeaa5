"""Translated fields of AnnouncementPage."""

from modeltranslation.translator import TranslationOptions, register

from cms.announcements.models import AnnouncementPage


@register(AnnouncementPage)
class AnnouncementPageTranslation(TranslationOptions):
    """Besides the texts of every record."""

    fields = ("contact_name", "place")
