"""Signing in, for people whose language only their browser tells: the page, and what ends too many tries."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import auth
from wagtail.admin.views.account import LoginView

_login = LoginView.as_view()


class LoginForm(auth.LoginForm):
    """Wagtail's form, with a label for the password that is translated."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")


def login(request: HttpRequest) -> HttpResponseBase:
    """Wagtail's page in the browser's language; once signed in, an editor's own choice holds."""
    with translation.override(translation.get_language_from_request(request)):
        response = _login(request)
        if isinstance(response, TemplateResponse) and not response.is_rendered:
            response.render()
        return response


def locked_out(request: HttpRequest, _response: HttpResponse | None, _credentials: dict[str, Any]) -> HttpResponse:
    """What somebody is told whose tries are used up: nothing about the account, and when to come back."""
    with translation.override(translation.get_language_from_request(request)):
        minutes = settings.AXES_COOLOFF_TIME // timedelta(minutes=1)
        return render(request, "cms/locked_out.html", {"minutes": minutes}, status=429)
