"""Translated fields of menus and banners."""

from modeltranslation.translator import TranslationOptions, register

from cms.frame.models import BannerPage, MenuPage


@register(MenuPage)
class MenuPageTranslation(TranslationOptions):
    """Nothing besides the texts of every record: the links hold both languages."""

    fields = ()


@register(BannerPage)
class BannerPageTranslation(TranslationOptions):
    """Besides the texts of every record."""

    fields = ("text",)
