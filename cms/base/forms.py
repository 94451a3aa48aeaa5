"""The forms of records in the admin: what is wrong is said at its field, before anything is saved."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.widgets import AdminAutoHeightTextInput

from cms.blocks.base import ENGLISH_ALONE
from portal.core import languages
from portal.publication.schemas import DocumentInvalid
from portal.publication.topics import TOPICS

_PUBLISHING = ("action-publish", "action-submit", "action-restart-workflow")


def _topic_choices() -> list[tuple[str, str]]:
    from django.utils.translation import get_language

    tag = languages.tag(get_language() or languages.CHINESE)
    return [(uid, name[tag]) for uid, name in TOPICS.items()]


class RecordForm(WagtailAdminPageForm):
    """A record's form. Its two check boxes concern this save alone: they say where the English comes from."""

    topics = forms.MultipleChoiceField(
        label=_("Topics"), choices=_topic_choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    english_reviewed = forms.BooleanField(
        label=_("The English has been reviewed and matches the Chinese"), required=False
    )
    english_by_machine = forms.BooleanField(
        label=_("The English that I changed is a machine translation"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Wagtail's own box, which grows with its text; it does not know modeltranslation's fields for text fields.
        for field in self.fields.values():
            if type(field.widget) is forms.Textarea:
                field.widget = AdminAutoHeightTextInput(attrs={"rows": 3})
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _(
                "The last part of the address. Left empty, it is made from the English title."
            )

    def clean_slug(self) -> str:
        """A slug that another record of the type has is refused at the field."""
        slug = self.cleaned_data["slug"]
        others = (
            type(self.instance)._default_manager.exclude(pk=self.instance.pk)
            if self.instance.pk
            else type(self.instance).objects.all()
        )
        if slug and others.filter(slug=slug).exists():
            raise forms.ValidationError(
                _("Another record of this type has this address: %(slug)s."), params={"slug": slug}
            )
        return slug

    def clean(self) -> dict[str, Any]:
        """English without Chinese would not be published; that is said at the empty Chinese field."""
        cleaned = super().clean()
        for name in self.fields:
            chinese = f"{name.removesuffix('_en')}_zh_hant"
            if name.endswith("_en") and cleaned.get(name) and chinese in cleaned and not cleaned[chinese]:
                self.add_error(chinese, forms.ValidationError(ENGLISH_ALONE, code="required"))
        return cleaned

    @property
    def is_publishing(self) -> bool:
        """Whether the record is to be published, or handed to somebody who would."""
        return any(action in self.data for action in _PUBLISHING)

    def fill(self) -> None:
        """Give the page what the form holds besides the page's own fields; called once these are in order."""

    def _post_clean(self) -> None:
        self.instance.english_reviewed = self.cleaned_data.get("english_reviewed", False)
        self.instance.english_by_machine = self.cleaned_data.get("english_by_machine", False)
        super()._post_clean()
        if not self.errors:
            self.fill()
        if not self.errors and self.is_publishing:
            self._check_document()

    def _check_document(self) -> None:
        """What the schema would refuse at publishing is said here, at the field it concerns."""
        from cms.base.document import check, field_of

        try:
            check(self.instance)
        except DocumentInvalid as invalid:
            for path, message in invalid.problems:
                stem = field_of(self.instance.record_type, path)
                field = next((name for name in (stem, f"{stem}_zh_hant") if name in self.fields), None)
                problem = f"{path}: {message}" if path else message
                self.add_error(field, _("This cannot be published: %(problem)s") % {"problem": problem})


class RecordCopyForm(CopyForm):
    """Copying without aliases: an alias would carry its original's uid."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("alias", None)
