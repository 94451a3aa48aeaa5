"""The translated fields that all records share. Abstract bases are registered before the pages that inherit from
them.
"""

from modeltranslation.translator import TranslationOptions, register

from cms.base.models import DatedRecordPage, RecordPage


@register(RecordPage)
class RecordPageTranslation(TranslationOptions):
    """Texts of every record."""

    fields = ("headline", "summary", "change_note", "withdrawal_note")


@register(DatedRecordPage)
class DatedRecordPageTranslation(TranslationOptions):
    """Nothing of its own; it must be registered for its heirs to inherit the texts of every record."""

    fields = ()
