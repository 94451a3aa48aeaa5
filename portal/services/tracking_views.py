"""The views by which citizens track a case and act on it, in the language of their address."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from portal.cases.kinds.characters import tidied
from portal.cases.refusals import Refused, ValuesInvalid
from portal.core.addresses import client_address
from portal.core.typed import one_line
from portal.services import entering, files, tracking, tracking_pages
from portal.services.paths import TRACK
from portal.services.private import later, private


@private(TRACK)
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest, language: str) -> HttpResponse:
    """The form to track a case, where it stands, and what the citizen does to it there."""
    response = _tracked(request, language) if request.method == "POST" else HttpResponse(tracking_pages.track(language))
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
        return HttpResponse(tracking_pages.track(language, reference=reference[:40], problems=missing), status=422)
    try:
        tracking.count(client_address(request))
        found = tracking.matter(reference, secret)
    except tracking.TooMany:
        return later("too-many-looks", TRACK, language)
    except tracking.NotFound:
        message = gettext("There is no case with this reference number and this secret. Check both.")
        page = tracking_pages.track(language, reference=reference[:40], problems={"reference": message})
        return HttpResponse(page, status=422)
    step = request.POST.get("step", "")
    if not step:
        return HttpResponse(tracking_pages.standing(found, secret, language))
    return _stepped(request, language, found, secret, step)


def _stepped(request: HttpRequest, language: str, found: tracking.Matter, secret: str, step: str) -> HttpResponse:
    """What follows a button on the page of a case."""
    if step == tracking_pages.ATTACH:
        return _attached(request, language, found, secret)
    if step == tracking_pages.CONTINUE:
        return _continued(request, language, found, secret)
    transition = next((each for each in found.open_to_citizen if each.name == step), None)
    version = request.POST.get("version", "")
    if transition is None or not (version.isascii() and version.isdigit() and len(version) < 10):
        return _as_it_stands(found, secret, language)
    asked = tracking.asked(transition)
    if not asked and "sure" not in request.POST:
        return HttpResponse(tracking_pages.sure(found, secret, step, language))
    typed = {field.name: tidied(request.POST.get(field.name, ""), multiline=field.multiline) for field in asked}
    try:
        tracking.act(found, transition, typed, version=int(version))
    except ValuesInvalid as refusal:
        problems = {problem.name: problem.message for problem in refusal.problems}
        page = tracking_pages.standing(found, secret, language, transition=transition, typed=typed, problems=problems)
        return HttpResponse(page, status=422)
    except Refused:
        return _as_it_stands(tracking.matter(found.reference, secret), secret, language)
    found = tracking.matter(found.reference, secret)
    done = gettext("Done: %(step)s") % {"step": transition.label}
    return HttpResponse(tracking_pages.standing(found, secret, language, done=done))


def _attached(request: HttpRequest, language: str, found: tracking.Matter, secret: str) -> HttpResponse:
    """Files that the citizen adds to the newest case of a matter."""
    uploads = request.FILES.getlist(entering.FILES)
    try:
        count = files.add(found.newest.case, uploads, client_address(request))
    except files.NotTaken as refusal:
        page = tracking_pages.standing(found, secret, language, file_problem=refusal.problem)
        return HttpResponse(page, status=422)
    except Refused:
        return _as_it_stands(tracking.matter(found.reference, secret), secret, language)
    done = ngettext("%(count)s file was added.", "%(count)s files were added.", count) % {"count": count}
    return HttpResponse(tracking_pages.standing(tracking.matter(found.reference, secret), secret, language, done=done))


def _continued(request: HttpRequest, language: str, found: tracking.Matter, secret: str) -> HttpResponse:
    """The next stage of a matter, where there is one and the citizen is sure."""
    if found.next_stage is None or request.POST.get("version") != str(found.newest.case.version):
        return _as_it_stands(found, secret, language)
    if "sure" not in request.POST:
        return HttpResponse(tracking_pages.sure(found, secret, tracking_pages.CONTINUE, language))
    try:
        tracking.go_on(found)
    except Refused:
        return _as_it_stands(tracking.matter(found.reference, secret), secret, language)
    done = gettext("Done: %(step)s") % {"step": found.next_stage.label}
    return HttpResponse(tracking_pages.standing(tracking.matter(found.reference, secret), secret, language, done=done))


def _as_it_stands(found: tracking.Matter, secret: str, language: str) -> HttpResponse:
    """The case has moved on since the citizen saw it, perhaps by the same button."""
    done = gettext("The case has changed in the meantime. This is how it stands now.")
    return HttpResponse(tracking_pages.standing(found, secret, language, done=done), status=409)
