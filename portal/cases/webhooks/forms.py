"""The forms of a webhook."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from portal.cases.models import Module, Webhook
from portal.cases.models.officers import kind_choices
from portal.cases.webhooks import addresses
from portal.cases.webhooks.faults import ADDRESS, Undelivered
from portal.cases.webhooks.wording import module_label


class ModuleField(forms.ModelChoiceField):
    """A module that has not been ended."""

    def label_from_instance(self, obj: Module) -> str:
        """What people call it."""
        return module_label(obj)


class WebhookForm(WagtailAdminModelForm):
    """Where a module is told, and of which kinds."""

    url = forms.CharField(
        label=_("Address"),
        max_length=500,
        help_text=_("https, at a name or an address of the public internet, port 443 or one from 1024 on."),
        widget=forms.URLInput,
    )
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of case"), choices=kind_choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Webhook
        fields = ["url", "kinds"]

    def clean_url(self) -> str:
        """An address that webhooks may have. A name that does not exist yet is taken; one that is private is not."""
        url = self.cleaned_data["url"].strip()
        try:
            addresses.resolved(addresses.target(url))
        except Undelivered as error:
            if error.fault == ADDRESS:
                raise ValidationError(
                    _("Webhooks cannot go to this address: it is not https, or not of the public internet.")
                ) from None
        return url

    def clean(self) -> dict[str, Any]:
        """Refuses kinds that the module may not read."""
        cleaned = super().clean()
        module = cleaned.get("module") or (self.instance.module if self.instance.module_id else None)
        labels = dict(kind_choices())
        if module:
            unread = [labels[kind] for kind in cleaned.get("kinds", ()) if not module.may_read(kind)]
            if unread:
                message = _("The module may not read: %(kinds)s.")
                self.add_error("kinds", ValidationError(message, params={"kinds": ", ".join(unread)}))
        return cleaned

    def save(self, commit: bool = True) -> Webhook:
        """The webhook; of one that is there already these two are saved alone, since the process that delivers moves
        its position on meanwhile.
        """
        webhook = super().save(commit=False)
        if commit:
            webhook.save(update_fields=["url", "kinds"])
        return webhook


class NewWebhookForm(WebhookForm):
    """The same, with the module, which does not change later."""

    module = ModuleField(
        label=pgettext_lazy("of cases", "Module"),
        queryset=Module.objects.filter(ended_at=None).select_related("application"),
    )

    class Meta(WebhookForm.Meta):
        fields = ["module", "url", "kinds"]
