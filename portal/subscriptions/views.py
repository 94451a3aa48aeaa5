"""The pages of following by e-mail, in the language of their address.

Opening an address changes nothing, whoever opens it: a mail scanner that follows every link neither confirms nor ends
anything. Only forms do, and the post that RFC 8058 has mail programs send. No page is stored by anyone, none sets a
cookie, and tokens stand in query strings, which are not logged.
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from portal.core.addresses import client_address
from portal.core.languages import DJANGO_CODES, in_language
from portal.core.origins import is_from_elsewhere
from portal.core.outgoing import mails_are_sent
from portal.rendering import following
from portal.rendering.current import current_frame
from portal.rendering.whole import BY_EMAIL
from portal.subscriptions import signing_up, subjects
from portal.subscriptions.forms import SignUpForm, WishForm
from portal.subscriptions.models import Pace
from portal.subscriptions.signing_up import NoSuchLink, TooMany, Wish

_View = Callable[[HttpRequest, str], HttpResponse]
_HOUR = "3600"


def _page(view: _View) -> Callable[..., HttpResponse]:
    """A view of this room: in its language, without a cookie, stored by nobody, its forms from this site alone."""

    @csrf_exempt
    @wraps(view)
    def answered(request: HttpRequest, language: str) -> HttpResponse:
        with override(DJANGO_CODES[language]):
            if request.method == "POST" and is_from_elsewhere(request) and not _is_one_click(request):
                response = _said("elsewhere", language, status=403)
            else:
                try:
                    response = view(request, language)
                except NoSuchLink:
                    response = _said("no-link", language, status=410)
        response["Cache-Control"] = "no-store"
        return response

    return answered


@_page
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest, language: str) -> HttpResponse:
    """The form to sign up. ``?follow=`` chooses beforehand."""
    if not mails_are_sent():
        return _said("not-offered", language, status=503 if request.method == "POST" else 200)
    offered = subjects.offered()
    if request.method != "POST":
        beforehand = frozenset(request.GET.getlist("follow")) & {subjects.ALL, *_flat(offered)}
        chosen = following.Chosen(offered, beforehand, Pace.AT_ONCE, language)
        query = urlencode([("follow", each) for each in sorted(beforehand)])
        form = following.Form(BY_EMAIL + (f"?{query}" if query else ""), chosen)
        return HttpResponse(following.render_sign_up(form, language=language, frame=current_frame()))
    given = SignUpForm(request.POST, subjects=_flat(offered))
    if not given.is_valid():
        form = following.Form(
            BY_EMAIL, _given(given, offered, language), request.POST.get("address", "")[:254], problems=given.problems
        )
        return HttpResponse(following.render_sign_up(form, language=language, frame=current_frame()), status=422)
    if not given.cleaned_data["website"]:
        try:
            signing_up.ask(given.cleaned_data["address"], given.wish, sender=client_address(request))
        except TooMany:
            response = _said("too-many", language, status=429)
            response["Retry-After"] = _HOUR
            return response
    return _to("sent/", language)


@_page
@require_safe
def sent(request: HttpRequest, language: str) -> HttpResponse:
    """What is said after every sign-up, whether or not a mail is sent."""
    return _said("sent", language, page="sent/")


@_page
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, language: str) -> HttpResponse:
    """Where the link of a mail to confirm leads; its button makes the sign-up a subscription."""
    token = _token(request)
    if request.method == "POST":
        return _to("manage/", language, token=signing_up.confirm(token), confirmed="1")
    asked = signing_up.asked(token)
    page = following.render_confirm(
        subjects.named(asked.subjects),
        is_everything=subjects.ALL in asked.subjects,
        path=_path("confirm/", token),
        token=token,
        language=language,
        frame=current_frame(),
    )
    return HttpResponse(page)


@_page
@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: HttpRequest, language: str) -> HttpResponse:
    """Where a subscriber changes what is followed."""
    token = _token(request)
    held = signing_up.held(token)
    offered = subjects.offered()
    given: WishForm | None = None
    if request.method == "POST":
        given = WishForm(request.POST, subjects=_flat(offered))
        if given.is_valid():
            signing_up.change(token, given.wish)
            return _to("manage/", language, token=token, saved="1")
    form = following.Form(
        _path("manage/", token),
        _given(given, offered, held.language) if given else _held(held, offered),
        token=token,
        problems=given.problems if given else {},
        was_saved="saved" in request.GET,
        was_confirmed="confirmed" in request.GET,
    )
    page = following.render_manage(form, language=language, frame=current_frame())
    return HttpResponse(page, status=422 if given else 200)


@_page
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, language: str) -> HttpResponse:
    """Where a subscription ends: by the button of the page, or by the post of a mail program (RFC 8058), which is
    answered at once. Ending what has ended changes nothing and says the same.
    """
    token = _token(request)
    if request.method == "POST":
        signing_up.end(token)
        return _said("ended", language, page="ended/") if _is_one_click(request) else _to("ended/", language)
    signing_up.held(token)
    page = following.render_unsubscribe(
        path=_path("unsubscribe/", token), token=token, language=language, frame=current_frame()
    )
    return HttpResponse(page)


@_page
@require_safe
def ended(request: HttpRequest, language: str) -> HttpResponse:
    """What is said after a subscription has ended."""
    return _said("ended", language, page="ended/")


def _is_one_click(request: HttpRequest) -> bool:
    """Whether a mail program sent this: it holds the token of the mail, which is all that it needs."""
    return request.POST.get("List-Unsubscribe") == "One-Click"


def _said(what: str, language: str, *, page: str = "", status: int = 200) -> HttpResponse:
    said = following.render_said(what, path=BY_EMAIL + page, language=language, frame=current_frame())
    return HttpResponse(said, status=status)


def _to(page: str, language: str, **query: str) -> HttpResponse:
    """303: what follows a form, safe to load again."""
    address = in_language(BY_EMAIL + page, language) + (f"?{urlencode(query)}" if query else "")
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def _token(request: HttpRequest) -> str:
    return request.POST.get("token") or request.GET.get("token", "")


def _path(page: str, token: str) -> str:
    """The Chinese path with its token, so that the switch of language keeps it."""
    return f"{BY_EMAIL}{page}?{urlencode({'token': token})}"


def _flat(offered: dict[str, dict[str, following.LanguageMap]]) -> list[str]:
    return [subject for group in offered.values() for subject in group]


def _held(held: Wish, offered: dict[str, dict[str, following.LanguageMap]]) -> following.Chosen:
    return following.Chosen(offered, frozenset(held.subjects), held.pace, held.language)


def _given(form: WishForm, offered: dict[str, dict[str, following.LanguageMap]], language: str) -> following.Chosen:
    """What a form that is shown again has in it."""
    return following.Chosen(
        offered,
        frozenset(form.data.getlist("follow")),
        form.data.get("pace", Pace.AT_ONCE),
        form.data.get("language", language),
    )
