"""The views by which citizens file what is offered, in the language of their address."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from portal.cases.attachments.refusals import FileRefused
from portal.cases.refusals import ValuesInvalid
from portal.core.addresses import client_address
from portal.core.typed import one_line
from portal.resources.selectors import venue
from portal.services import entering, files, filing, pages
from portal.services.offered import BOOKING, Offer, is_open
from portal.services.private import later, private, said
from portal.services.public import public


@csrf_exempt
@require_safe
def home(request: HttpRequest, language: str) -> HttpResponse:
    """What can be filed, and what happens then."""
    return public(request, pages.home(language))


def form_of(offer: Offer) -> Callable[..., HttpResponse]:
    """The view of an offer: its form, the check of its answers, and what is said once it is filed."""

    @private(offer.path)
    @require_http_methods(["GET", "HEAD", "POST"])
    def form(request: HttpRequest, language: str) -> HttpResponse:
        return _form(request, language, offer)

    return form


def _form(request: HttpRequest, language: str, offer: Offer) -> HttpResponse:
    """The form of an offer, or what follows its buttons. The address may name a venue (``?venue=siwei-hall``)."""
    if not is_open(offer):
        return said("no-venue", offer.path, language, 200)
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
        return later("too-many", offer.path, language)
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


def _with_files(request: HttpRequest, entry: entering.Entry) -> entering.Entry:
    """The form with the files that came with it, now and before, where it takes any."""
    if not entry.offer.takes_files:
        return entry
    uploads = request.FILES.getlist(entering.FILES)
    return files.with_files(entry, request.POST.getlist("file"), uploads, client_address(request))
