"""The page that every record is edited as, and the links between records.

A record's texts are translated fields (`translation.py` of each family); what lists, people or pictures need stands in
StreamFields whose blocks hold both languages. Relations are foreign keys. Base columns of translated fields follow
whoever saves last, so everything that saves or checks runs under the default language.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page

from cms.base import identity
from cms.base.forms import RecordCopyForm, RecordForm
from cms.base.translation_state import renewed
from cms.blocks.body import BodyBlock
from cms.blocks.lists import SourceBlock
from cms.blocks.media import PictureBlock
from portal.publication.codelists import choices


class RecordPage(Page):
    """A record as editors see it. Nothing public ever reads it: publishing makes a document of it.

    ``uid`` is given once and stays; ``translation_basis`` remembers, per member, which Chinese the English was made
    from; ``english_state`` is the worst state of any member, for the desk's list.
    """

    record_type: ClassVar[str]

    uid = models.CharField(_("identifier"), max_length=140, unique=True, editable=False)
    headline = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True, help_text=_("One or two sentences, plain text."))
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))
    topics = models.JSONField(_("topics"), default=list, blank=True)
    media = StreamField([("picture", PictureBlock())], blank=True, verbose_name=_("pictures"))
    source = StreamField([("source", SourceBlock())], blank=True, verbose_name=_("sources"))
    change_note = models.TextField(
        _("note on this change"),
        blank=True,
        help_text=_("Public: says what this version corrects or adds. Leave it empty for a first version."),
    )
    withdrawal_note = models.TextField(
        _("note on withdrawal"), blank=True, help_text=_("Public: shown in the record's place if it is taken back.")
    )
    translation_basis = models.JSONField(default=dict, blank=True, editable=False)
    english_state = models.CharField(
        _("English"), max_length=8, choices=choices("*.translation"), default="missing", editable=False, db_index=True
    )

    base_form_class = RecordForm
    copy_form_class = RecordCopyForm
    exclude_fields_in_copy = [
        "uid",
        "slug",
        "change_note",
        "change_note_zh_hant",
        "change_note_en",
        "withdrawal_note",
        "withdrawal_note_zh_hant",
        "withdrawal_note_en",
    ]

    class Meta:
        abstract = True

    @property
    def record_path(self) -> str | None:
        """The record's address on the Chinese site; None for what has no page of its own."""
        return identity.path_of(self)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Check the page under the default language, after giving it what follows from the rest: title, slug, uid,
        state of translation.
        """
        with translation.override(settings.LANGUAGE_CODE):
            self._settle()
            super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        identity.check(self)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save under the default language. Aliases are refused: they would carry another record's uid.

        Raises `cms.publishing.PublicationError` where a page that is to be live is not valid: a draft need not be.
        """
        if self.alias_of_id:
            raise ValidationError(_("A record cannot be an alias of another. Make a copy instead."))
        with translation.override(settings.LANGUAGE_CODE):
            self._settle()
            try:
                return super().save(*args, **kwargs)
            except ValidationError as invalid:
                if not self.live:
                    raise
                from cms.publishing import PublicationError

                raise PublicationError.invalid(self.uid, invalid) from invalid

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Save a draft under the default language. The desk lists drafts too, so the state of their English is kept
        outside the revision.
        """
        with translation.override(settings.LANGUAGE_CODE):
            self._settle()
            revision = super().save_revision(*args, **kwargs)
            type(self).objects.filter(pk=self.pk).update(english_state=self.english_state)
            return revision

    def with_content_json(self, content: dict[str, Any]) -> "RecordPage":
        """The page as a revision has it; the uid is the page's own, whichever record the revision was copied from."""
        page = super().with_content_json(content)
        page.uid = self.uid
        return page

    def get_url_parts(self, request: Any = None) -> tuple[int, str, str] | None:
        """Where the public site shows the record, so that the admin's links lead there; None for what has no page of
        its own.
        """
        roots = self._get_relevant_site_root_paths(request)
        return (roots[0].site_id, settings.BASE_URL, self.record_path) if roots and self.record_path else None

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """A mode for each language, and one for the separate front end where there is one."""
        modes: list[tuple[str, Any]] = [("zh-Hant", _("Chinese")), ("en", _("English"))]
        return [*modes, ("front-end", _("Separate front end"))] if settings.HEADLESS_PREVIEW_URL else modes

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        """The draft through the very templates of the public site, in the language of the mode; or in the separate
        front end.
        """
        from cms.headless import views as headless
        from cms.preview import preview

        if mode_name == headless.MODE and settings.HEADLESS_PREVIEW_URL:
            return headless.preview(self, request)
        return preview(self, mode_name)

    def objections(self, document: Mapping[str, Any]) -> list[tuple[str, str]]:
        """What is against publishing the record as this document, besides its schema: (path, message) pairs in the
        active language. Nothing, unless a type says otherwise.

        Raises `schemas.DocumentInvalid` where a document that does not fit its schema can't be looked at.
        """
        return []

    def _settle(self) -> None:
        self.title: str = self.headline_zh_hant or self.title
        identity.settle(self)
        self.translation_basis, self.english_state = renewed(self)


class DatedRecordPage(RecordPage):
    """A record with dates of its own: the first and last day that the source's words can mean, and how exact the source
    is.
    """

    date_start = models.DateField(_("first day"), null=True, blank=True)
    date_end = models.DateField(_("last day"), null=True, blank=True, help_text=_("Empty for a single day."))
    date_ongoing = models.BooleanField(_("no end stated"), default=False)
    date_precision = models.CharField(_("precision"), max_length=9, choices=choices("*.precision"), default="day")

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.date_start and self.date_end and self.date_end < self.date_start:
            raise ValidationError({"date_end": _("The last day is before the first.")})
        if self.date_ongoing and self.date_end:
            raise ValidationError({"date_ongoing": _("A record with a last day has an end.")})
        if self.date_precision == "undated" and (self.date_start or self.date_end):
            raise ValidationError({"date_precision": _("An undated record has no days.")})
        if self.date_precision != "undated" and not (self.date_start or self.date_end):
            raise ValidationError({"date_start": _("Give a day, or say that the record is undated.")})


class CityLink(Orderable):
    """That a record concerns a partner city."""

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="city_links")
    city = models.ForeignKey("cms.CityPage", on_delete=models.CASCADE, related_name="+", verbose_name=_("city"))


class RelatedLink(Orderable):
    """That a record points to another."""

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="related_links")
    target = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+", verbose_name=_("record"))


def page_model(record_type: str) -> type[RecordPage]:
    """The page class of a record type."""
    return next(
        model for model in apps.get_models() if issubclass(model, RecordPage) and model.record_type == record_type
    )
