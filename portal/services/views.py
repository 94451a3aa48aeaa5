"""The pages of citizens' services, in the language of their address.

Forms work without cookies and scripts: what was typed travels in the page. Nothing that holds it is stored by anyone.
"""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, ngettext, override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from portal.cases.attachments import limits
from portal.cases.attachments.limits import FILING
from portal.cases.attachments.refusals import FileRefused
from portal.cases.kinds.characters import tidied
from portal.cases.refusals import Refused, ValuesInvalid
from portal.core.addresses import client_address
from portal.core.languages import DJANGO_CODES
from portal.core.origins import is_from_elsewhere
from portal.core.typed import one_line
from portal.core.uploads import InMemory, announced_bytes, read_in_vain
from portal.resources.selectors import venue
from portal.services import entering, files, filing, pages, tracking
from portal.services.offered import BOOKING, Offer, is_open
from portal.services.paths import TRACK
from portal.services.public import public

_View = Callable[[HttpRequest, str], HttpResponse]
_HOUR = "3600"
#: Bytes of a form: every text at its longest, in characters of four bytes each, percent-encoded, is smaller.
MOST_BYTES = 200_000
#: Of a form with its files.
MOST_BYTES_WITH_FILES = FILING.bytes + MOST_BYTES


def _private(path: str) -> Callable[[_View], Callable[..., HttpResponse]]:
    """A view whose pages hold what somebody has typed: in its language, without a cookie, stored by nobody, its forms
    from this site alone and of a size that they can have, files in memory alone. ``path`` is its Chinese
    address.
    """

    def decorated(view: _View) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @sensitive_post_parameters()
        @wraps(view)
        def answered(request: HttpRequest, language: str) -> HttpResponse:
            with override(DJANGO_CODES[language]):
                if request.method == "POST" and _is_too_large(request):
                    read_in_vain(request)
                    response = _said("too-large", path, language, 413)
                elif request.method == "POST" and is_from_elsewhere(request):
                    response = _said("elsewhere", path, language, 403)
                else:
                    request.upload_handlers = [InMemory(limits.MOST_BYTES)]
                    try:
                        response = view(request, language)
                    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
                        response = _said("too-large", path, language, 413)
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
    """The form of an offer, or what follows its buttons. The address may name a venue (``?venue=siwei-hall``)."""
    if not is_open(offer):
        return _said("no-venue", offer.path, language, 200)
    if request.method != "POST":
        code = one_line(request.GET.get("venue", ""))
        known = {"venue": code} if offer is BOOKING and venue(code) else {}
        return HttpResponse(pages.form(entering.blank(offer, **known), {}, language))
    entry = _with_files(request, entering.entered(offer, request.POST.dict()))
    step = request.POST.get("step", "")
    if step == "change":
        return HttpResponse(pages.form(entry, {}, language))
    problems = entry.problems()
    if problems and step == "send" and (before := _sent_before(entry, language)):
        return before
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
        return _filed_otherwise(entry, before, language)
    except FileRefused as refusal:
        page = pages.form(entry, {entering.FILES: refusal.message}, language)
        return HttpResponse(page, status=422)
    except ValuesInvalid:
        # Somebody else was faster, since it was looked at: what stands in the way now is told like anything else.
        return HttpResponse(pages.form(entry, entry.problems(), language), status=422)
    return HttpResponse(pages.filed(entry, done, language))


def _sent_before(entry: entering.Entry, language: str) -> HttpResponse | None:
    """The answer to a form that was sent before: what it reserved is taken now, by itself."""
    try:
        done = filing.filed_before(entry)
    except filing.FiledOtherwise as before:
        return _filed_otherwise(entry, before, language)
    return HttpResponse(pages.filed(entry, done, language)) if done else None


def _filed_otherwise(entry: entering.Entry, before: filing.FiledOtherwise, language: str) -> HttpResponse:
    page = pages.said("filed-otherwise", entry.offer.path, language, reference=before.reference)
    return HttpResponse(page, status=409)


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
    if step == pages.ATTACH:
        return _attached(request, language, found, secret)
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


def _attached(request: HttpRequest, language: str, found: tracking.Matter, secret: str) -> HttpResponse:
    """Files that the citizen adds to the newest case of a matter."""
    uploads = request.FILES.getlist(entering.FILES)
    try:
        count = files.add(found.newest.case, uploads, client_address(request))
    except files.NotTaken as refusal:
        page = pages.standing(found, secret, language, file_problem=refusal.problem)
        return HttpResponse(page, status=422)
    except Refused:
        return _as_it_stands(tracking.matter(found.reference, secret), secret, language)
    done = ngettext("%(count)s file was added.", "%(count)s files were added.", count) % {"count": count}
    return HttpResponse(pages.standing(tracking.matter(found.reference, secret), secret, language, done=done))


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


def _with_files(request: HttpRequest, entry: entering.Entry) -> entering.Entry:
    """The form with the files that came with it, now and before, where it takes any."""
    if not entry.offer.takes_files:
        return entry
    uploads = request.FILES.getlist(entering.FILES)
    return files.with_files(entry, request.POST.getlist("file"), uploads, client_address(request))


def _is_too_large(request: HttpRequest) -> bool:
    """Whether a request says that it is larger than a form can be, or does not say how large it is."""
    size = announced_bytes(request)
    has_files = request.content_type == "multipart/form-data"
    return size is None or size > (MOST_BYTES_WITH_FILES if has_files else MOST_BYTES)
