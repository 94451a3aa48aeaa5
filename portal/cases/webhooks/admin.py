"""Webhooks in Wagtail's admin: where they lead, what was delivered, and what can be done about it.

A secret is shown once, in the answer to the request that has made it, and kept in no session.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import View
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import CreateView, EditView, InspectView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log

from portal.cases import selectors
from portal.cases.kinds import KINDS
from portal.cases.models import Webhook
from portal.cases.webhooks import managing, sealing
from portal.cases.webhooks.faults import WORDS
from portal.cases.webhooks.forms import NewWebhookForm, WebhookForm
from portal.cases.webhooks.wording import DELIVERY_STATES, STATES, host, module_label

PER_PAGE = 50
_WEBHOOK = pgettext_lazy("webhook", "Webhook")


def page_of(webhook: Webhook) -> str:
    """The address of a webhook's page."""
    return reverse("webhooks:inspect", args=[webhook.pk])


def with_secret(request: HttpRequest, webhook: Webhook, secret: str) -> HttpResponse:
    """The one page that shows a secret."""
    given = {
        "webhook": webhook,
        "secret": secret,
        "page_title": _("The secret of the webhook"),
        "back": page_of(webhook),
    }
    return render(request, "cases/webhooks/secret.html", given)


class WebhookCreateView(CreateView):
    """A new webhook. It tells of what happens from now on."""

    def save_instance(self) -> Webhook:
        """Give it a secret and a position, and save it."""
        webhook = self.form.save(commit=False)
        self.secret = sealing.give(webhook)
        webhook.position = selectors.head_seq()
        webhook.save()
        log(instance=webhook, action="wagtail.create", content_changed=True)
        return webhook

    def save_action(self) -> HttpResponse:
        """Show the secret."""
        return with_secret(self.request, self.object, self.secret)


class WebhookEditView(EditView):
    """Another address, other kinds."""

    def get_success_url(self) -> str:
        """The webhook's page."""
        return page_of(self.object)


class WebhookPageView(InspectView):
    """A webhook with its deliveries."""

    template_name = "cases/webhooks/webhook.html"

    def get_page_title(self) -> Promise:
        """What the page is of."""
        return _WEBHOOK

    def get_page_subtitle(self) -> str:
        """Whose it is."""
        return module_label(self.object.module)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        webhook = self.object
        deliveries = webhook.deliveries.order_by("-pk")
        found = Paginator(deliveries, PER_PAGE).get_page(self.request.GET.get("page"))
        rows = [
            {
                "delivery": each,
                "state": _("To be sent") if each.asked_at else DELIVERY_STATES[each.state],
                "fault": WORDS.get(each.fault, each.fault),
                "may_be_sent_again": each.state != each.State.WAITING and each.asked_at is None,
            }
            for each in found
        ]
        stuck = webhook.deliveries.filter(state="waiting", seq__gt=webhook.position).exists()
        return super().get_context_data(
            webhook=webhook,
            host=host(webhook),
            module=module_label(webhook.module),
            kinds=[KINDS[name].label if name in KINDS else name for name in webhook.kinds],
            state=STATES[webhook.state],
            head=selectors.head_seq(),
            page=found,
            rows=rows,
            is_stuck=stuck,
            may_change=self.user_has_permission("change"),
            may_delete=self.user_has_permission("delete"),
            **kwargs,
        )


class _Changing(PermissionCheckedMixin, View):
    """Something that is done to a webhook, by POST alone."""

    model = Webhook
    permission_required = "change"
    http_method_names = ["post"]

    def webhook(self) -> Webhook:
        """The webhook that the address names."""
        return get_object_or_404(Webhook.objects.select_related("module__application"), pk=self.kwargs["pk"])


class ActionView(_Changing):
    """Pausing, resuming, skipping, trying out."""

    actions: Mapping[str, tuple[Callable[[Webhook], object], Promise]] = {
        "pause": (managing.pause, _("The webhook is paused.")),
        "resume": (managing.resume, _("The webhook goes on from its position.")),
        "skip": (managing.skip, _("The event was skipped.")),
        "try": (managing.try_out, _("A message is sent for a trial; what becomes of it shows below.")),
    }

    def post(self, request: HttpRequest, pk: int, action: str) -> HttpResponse:
        """Do it, and say so."""
        if action not in self.actions:
            raise Http404
        do, said = self.actions[action]
        webhook = self.webhook()
        if do(webhook) is not False:
            log(instance=webhook, action="wagtail.edit", data={"webhook": action}, content_changed=True)
            messages.success(request, said)
        return redirect(page_of(webhook))


class RedeliverView(_Changing):
    """Telling an event once more."""

    def post(self, request: HttpRequest, pk: int, delivery: int) -> HttpResponse:
        """Have it done."""
        webhook = self.webhook()
        if not managing.redeliver(webhook, delivery):
            raise Http404
        messages.success(request, _("It is sent once more; what becomes of it shows below."))
        return redirect(page_of(webhook))


class SecretView(_Changing):
    """A new secret."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make it, and show it."""
        webhook = self.webhook()
        secret = sealing.renew(webhook, timezone.now())
        log(instance=webhook, action="wagtail.edit", data={"webhook": "secret"}, content_changed=True)
        return with_secret(request, webhook, secret)


class WebhookViewSet(ModelViewSet):
    """The webhooks of modules, among the settings."""

    model = Webhook
    name = "webhooks"
    icon = "link-external"
    menu_label = _("Webhooks of modules")
    add_to_settings_menu = True
    form_fields = ["url", "kinds"]
    list_display = [
        TitleColumn(
            "module",
            label=pgettext_lazy("of cases", "Module"),
            accessor=lambda each: module_label(each.module),
            get_url=page_of,
        ),
        Column("host", label=_("Host"), accessor=host),
        Column("state", label=_("State"), accessor=lambda each: STATES[each.state]),
        Column("position", label=pgettext_lazy("webhook", "Told up to event")),
    ]
    add_view_class = WebhookCreateView
    edit_view_class = WebhookEditView
    inspect_view_class = WebhookPageView
    inspect_view_enabled = True
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[WebhookForm]:
        """The module is chosen once."""
        return WebhookForm if for_update else NewWebhookForm

    def get_urlpatterns(self) -> list[URLPattern]:
        """Those of every such set, and what is done to a webhook."""
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/do/<slug:action>/", ActionView.as_view(), name="do"),
            path("<int:pk>/again/<int:delivery>/", RedeliverView.as_view(), name="again"),
            path("<int:pk>/secret/", SecretView.as_view(), name="secret"),
        ]
