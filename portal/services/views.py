"""The pages of citizens' services, in the language of their address.

Forms work without cookies and scripts: what was typed travels in the page. Nothing that holds it is stored by anyone.
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from portal.cases.kinds.characters import tidied
from portal.cases.refusals import Refused, ValuesInvalid
from portal.core.addresses import client_address
from portal.core.languages import DJANGO_CODES
from portal.core.origins import is_from_elsewhere
from portal.core.typed import one_line
from portal.services import entering, filing, pages, tracking
from portal.services.offered import Offer
from portal.services.paths import TRACK
from portal.services.public import public

_View = Callable[[HttpRequest, str], HttpResponse]
_HOUR = "3600"
#: Bytes of a form: every text at its longest, in characters of four bytes each, percent-encoded, is smaller.
MOST_BYTES = 200_000


def _private(path: str) -> Callable[[_View], Callable[..., HttpResponse]]:
    """A view whose pages hold what somebody has typed: in its language, without a cookie, stored by nobody, its forms
    from this site alone and of a size that they can have. ``path`` is its Chinese address.
    """

    def decorated(view: _View) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @sensitive_post_parameters()
        @wraps(view)
        def answered(request: HttpRequest, language: str) -> HttpResponse:
            with override(DJANGO_CODES[language]):
                if request.method == "POST" and _bytes(request) > MOST_BYTES:
                    response = _said("too-large", path, language, 413)
                elif request.method == "POST" and is_from_elsewhere(request):
                    response = _said("elsewhere", path, language, 403)
                else:
                    response = view(request, language)
            response["Cache-Control"] = "no-store"
            return response

        return answered

    return decorated


@csrf_exempt
@require_safe
def home(request: HttpRequest, language: str) -> HttpResponse:
    """What can be filed, and what happens then."""
    return public(request, pages.home(language))


def form_of(offer: Offer) -> Callable[..., HttpResponse]:
    """The view of an offer: its form, the check of its answers, and what is said once it is filed."""

    @_private(offer.path)
    @require_http_methods(["GET", "HEAD", "POST"])
    def form(request: HttpRequest, language: str) -> HttpResponse:
        return _form(request, language, offer)

    return form


def _form(request: HttpRequest, language: str, offer: Offer) -> HttpResponse:
    """The form of an offer, or what follows its buttons."""
    if request.method != "POST":
        return HttpResponse(pages.form(entering.blank(offer), {}, language))
    entry = entering.entered(offer, request.POST.dict())
    step = request.POST.get("step", "")
    if step == "change":
        return HttpResponse(pages.form(entry, {}, language))
    problems = entry.problems()
    if problems:
        return HttpResponse(pages.form(entry, problems, language), status=422)
    if step == "mask":
        return HttpResponse(pages.check(entry.masked(), language))
    if step != "send":
        return HttpResponse(pages.check(entry, language))
    try:
        done = filing.file(entry, language=language, sender=client_address(request))
    except filing.TooMany:
        return _later("too-many", offer.path, language)
    except filing.FiledOtherwise as before:
        page = pages.said("filed-otherwise", offer.path, language, reference=before.reference)
        return HttpResponse(page, status=409)
    return HttpResponse(pages.filed(entry, done, language))


@_private(TRACK)
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest, language: str) -> HttpResponse:
    """The form to track a case, where it stands, and what the citizen does to it there."""
    response = _tracked(request, language) if request.method == "POST" else HttpResponse(pages.track(language))
    response["Referrer-Policy"] = "no-referrer"
    return response


def _tracked(request: HttpRequest, language: str) -> HttpResponse:
    reference, secret = (one_line(request.POST.get(name, "")).strip() for name in ("reference", "secret"))
    missing = {}
    if not reference:
        missing["reference"] = gettext("Enter the reference number.")
    if not secret:
        missing["secret"] = gettext("Enter the secret.")
    if missing:
        return HttpResponse(pages.track(language, reference=reference[:40], problems=missing), status=422)
    try:
        tracking.count(client_address(request))
        found = tracking.matter(reference, secret)
    except tracking.TooMany:
        return _later("too-many-looks", TRACK, language)
    except tracking.NotFound:
        message = gettext("There is no case with this reference number and this secret. Check both.")
        page = pages.track(language, reference=reference[:40], problems={"reference": message})
        return HttpResponse(page, status=422)
    step = request.POST.get("step", "")
    if not step:
        return HttpResponse(pages.standing(found, secret, language))
    return _stepped(request, language, found, secret, step)


def _stepped(request: HttpRequest, language: str, found: tracking.Matter, secret: str, step: str) -> HttpResponse:
    """What follows a button on the page of a case."""
    if step == pages.CONTINUE:
        return _continued(request, language, found, secret)
    transition = next((each for each in found.open_to_citizen if each.name == step), None)
    version = request.POST.get("version", "")
    if transition is None or not (version.isascii() and version.isdigit() and len(version) < 10):
        return _as_it_stands(found, secret, language)
    asked = tracking.asked(transition)
    if not asked and "sure" not in request.POST:
        return HttpResponse(pages.sure(found, secret, step, language))
    typed = {field.name: tidied(request.POST.get(field.name, ""), multiline=field.multiline) for field in asked}
    try:
        tracking.act(found, transition, typed, version=int(version))
    except ValuesInvalid as refusal:
        problems = {problem.name: problem.message for problem in refusal.problems}
        page = pages.standing(found, secret, language, transition=transition, typed=typed, problems=problems)
        return HttpResponse(page, status=422)
    except Refused:
        return _as_it_stands(tracking.matter(found.reference, secret), secret, language)
    found = tracking.matter(found.reference, secret)
    done = gettext("Done: %(step)s") % {"step": transition.label}
    return HttpResponse(pages.standing(found, secret, language, done=done))


def _continued(request: HttpRequest, language: str, found: tracking.Matter, secret: str) -> HttpResponse:
    """The next stage of a matter, where there is one and the citizen is sure."""
    if found.next_stage is None or request.POST.get("version") != str(found.newest.case.version):
        return _as_it_stands(found, secret, language)
    if "sure" not in request.POST:
        return HttpResponse(pages.sure(found, secret, pages.CONTINUE, language))
    try:
        tracking.go_on(found)
    except Refused:
        return _as_it_stands(tracking.matter(found.reference, secret), secret, language)
    done = gettext("Done: %(step)s") % {"step": found.next_stage.label}
    return HttpResponse(pages.standing(tracking.matter(found.reference, secret), secret, language, done=done))


def _as_it_stands(found: tracking.Matter, secret: str, language: str) -> HttpResponse:
    """The case has moved on since the citizen saw it, perhaps by the same button."""
    done = gettext("The case has changed in the meantime. This is how it stands now.")
    return HttpResponse(pages.standing(found, secret, language, done=done), status=409)


def _later(what: str, path: str, language: str) -> HttpResponse:
    response = _said(what, path, language, 429)
    response["Retry-After"] = _HOUR
    return response


def _said(what: str, path: str, language: str, status: int) -> HttpResponse:
    return HttpResponse(pages.said(what, path, language), status=status)


def _bytes(request: HttpRequest) -> int:
    """How large a request says that it is; what says nothing is not read beyond that either."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdigit() else MOST_BYTES + 1
