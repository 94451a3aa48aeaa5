"""The second factor (TOTP, RFC 6238) of whoever may read personal data: set up once, confirmed in each session.

Setting up asks for the password again and makes a new key each time, shown once: a session that somebody else has got
hold of is not enough, and no key is shown that might be confirmed later by its owner. Codes work once; wrong ones make
the next wait longer (`django_otp`).
"""

import base64
import unicodedata
from typing import Any
from urllib.parse import urlencode

import django_otp
from django import forms
from django.contrib import messages
from django.contrib.auth import authenticate
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal.cases.desk.views import DeskView


class PasswordForm(forms.Form):
    """The password, once more."""

    password = forms.CharField(
        label=_("Your password"),
        help_text=_("To be sure that it is you who sets it up."),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )


class CodeForm(forms.Form):
    """A code of the authenticator."""

    code = forms.CharField(
        label=pgettext_lazy("second factor", "Code"),
        help_text=_("The six digits that your authenticator shows now."),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean_code(self) -> str:
        """The digits, however they were grouped."""
        return "".join(unicodedata.normalize("NFKC", self.cleaned_data["code"]).split())


class SecondFactorView(DeskView):
    """Confirming the second factor or, for who has none yet, setting it up. Then on to where ``next`` leads."""

    template_name = "cases/desk/second_factor.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Only for those who may read personal data."""
        if not self.rights.reads_personal:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The password to begin with, or a code."""
        if "password" in request.POST and self._device(confirmed=True) is None:
            return self._begin(request)
        return self._confirm(request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        has_one = self._device(confirmed=True) is not None
        given = {
            "page_title": _("Second factor"),
            "form": CodeForm() if has_one else PasswordForm(),
            "next": self.request.POST.get("next") or self.request.GET.get("next", ""),
            "is_new": not has_one,
        }
        return super().get_context_data(**(given | kwargs))

    def _begin(self, request: HttpRequest) -> HttpResponseBase:
        """Make a new key and show it."""
        form = PasswordForm(request.POST)
        if form.is_valid():
            username = request.user.get_username()
            # By the backends that sign in, so that guessing is limited as it is there.
            if authenticate(request, username=username, password=form.cleaned_data["password"]) == request.user:
                TOTPDevice.objects.filter(user=request.user, confirmed=False).delete()
                device = TOTPDevice.objects.create(user=request.user, confirmed=False, name="authenticator")
                return self._shown(form=CodeForm(), device=device, secret=_grouped(device))
            form.add_error("password", _("The password is not right."))
        return self._shown(form=form)

    def _confirm(self, request: HttpRequest) -> HttpResponseBase:
        """Take a code for the device in use, or for the one that is being set up."""
        device = self._device(confirmed=True) or self._device(confirmed=False)
        form = CodeForm(request.POST)
        if device is None:
            return redirect(request.get_full_path())
        if form.is_valid():
            is_allowed, _why = device.verify_is_allowed()
            verified = django_otp.verify_token(request.user, device.persistent_id, form.cleaned_data["code"])
            if verified is not None:
                if not verified.confirmed:
                    verified.confirmed = True
                    verified.save(update_fields=["confirmed"])
                request.session.cycle_key()
                django_otp.login(request, verified)
                messages.success(request, _("You have confirmed your second factor."))
                return redirect(self._next())
            if is_allowed:
                form.add_error("code", _("The code is not right, or was used already. Wait for the next one."))
            else:
                form.add_error("code", _("Too many wrong codes. Wait a while and try again."))
        return self._shown(form=form)

    def _shown(self, **given: Any) -> HttpResponseBase:
        return self.render_to_response(self.get_context_data(**given))

    def _device(self, *, confirmed: bool) -> TOTPDevice | None:
        return TOTPDevice.objects.filter(user=self.request.user, confirmed=confirmed).order_by("-pk").first()

    def _next(self) -> str:
        """Where to go on: an address of ours."""
        wanted = self.request.POST.get("next", "")
        hosts = {self.request.get_host()}
        if url_has_allowed_host_and_scheme(wanted, hosts, require_https=self.request.is_secure()):
            return wanted
        return reverse("cases_desk:mine")


def _grouped(device: TOTPDevice) -> str:
    """The key as authenticators take it by hand: base 32, in groups of four."""
    key = base64.b32encode(device.bin_key).decode()
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


def address_before(reference: str) -> str:
    """The address at which the second factor is confirmed before the page of a case."""
    query = urlencode({"next": reverse("cases_desk:case", args=[reference])})
    return f"{reverse('cases_desk:second_factor')}?{query}"
