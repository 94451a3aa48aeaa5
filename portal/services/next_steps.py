"""What comes next, in plain words: by the kind of case, its state, and its stage where that matters."""

from collections.abc import Mapping

from django.conf import settings
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from portal.cases.kinds import consumer_complaint, petition, venue_booking
from portal.cases.kinds.consumer_complaint import FIRST, MEDIATION, SECOND
from portal.cases.kinds.steps import MERGED

_AnyStage = None
_COMPLAINT: Mapping[tuple[str, str | None], Promise] = {
    ("received", FIRST): _(
        "We look at the complaint and send it to the business, which has to settle it properly within fifteen days of "
        "its receipt (Consumer Protection Act, article 43)."
    ),
    ("received", SECOND): _("The consumer ombudsman looks at the case and may invite both sides to negotiate."),
    ("received", MEDIATION): _(
        "The mediation committee arranges a meeting and invites both sides (Consumer Protection Act, article 44)."
    ),
    ("supplement", _AnyStage): _("We need something more from you, and wait until you have completed the complaint."),
    ("with-business", FIRST): _(
        "The business has to settle the complaint properly within fifteen days of its receipt. If it does not answer, "
        "or you do not agree with the answer, you can complain a second time, to the consumer ombudsman."
    ),
    ("with-business", _AnyStage): _("The business answers."),
    ("answered", FIRST): _(
        "Read the answer. If you do not agree with it, you can complain a second time, to the consumer ombudsman."
    ),
    ("answered", _AnyStage): _(
        "Read the answer. If you do not agree with it, you can apply for mediation (Consumer Protection Act, "
        "article 44)."
    ),
    ("negotiation", _AnyStage): _("Come to the negotiation, or tell us in time that you cannot."),
    ("hearing", _AnyStage): _("Come to the mediation meeting, or tell us in time that you cannot."),
    ("settled", _AnyStage): _("The matter is settled. There is nothing more to do."),
    ("not-settled", FIRST): _("You can complain a second time, to the consumer ombudsman, or apply for mediation."),
    ("not-settled", SECOND): _("You can apply for mediation (Consumer Protection Act, article 44), or go to court."),
    ("not-settled", MEDIATION): _("You can go to court."),
    ("withdrawn", _AnyStage): _("The complaint is closed. If you need to, you can file another."),
    ("not-accepted", _AnyStage): _("We cannot take the complaint further. The ground stands below."),
    ("transferred", _AnyStage): _("The agency in charge, which is named below, goes on with it and will write to you."),
    (MERGED, _AnyStage): _("It is dealt with together with another complaint about the same matter."),
}
_PETITION: Mapping[tuple[str, str | None], Promise] = {
    ("received", _AnyStage): _(
        "We see which agency is in charge, and hand the petition to it if it is another one. It replies to you."
    ),
    ("supplement", _AnyStage): _("We need something more from you, and wait until you have completed the petition."),
    ("in-progress", _AnyStage): _(
        "The agency in charge deals with the petition and replies to you. If it needs longer, it tells you why."
    ),
    ("replied", _AnyStage): _("Read the reply. It stands below."),
    ("not-handled", _AnyStage): _("The petition is not dealt with. The ground stands below."),
    ("withdrawn", _AnyStage): _("The petition is closed. If you need to, you can file another."),
    (MERGED, _AnyStage): _("It is dealt with together with another petition about the same matter."),
}
_BOOKING: Mapping[tuple[str, str | None], Promise] = {
    ("requested", _AnyStage): _("The time is kept for you. We look at the booking, and confirm or refuse it."),
    ("confirmed", _AnyStage): _(
        "The venue is yours for this time. If you do not need it after all, withdraw the booking, so that others can "
        "have it."
    ),
    ("used", _AnyStage): _("There is nothing more to do."),
    ("refused", _AnyStage): _("We cannot lend the venue. The ground stands below."),
    ("cancelled", _AnyStage): _("We had to cancel the booking. The ground stands below."),
    ("withdrawn", _AnyStage): _("The venue is free for others. If you need to, you can book again."),
    (MERGED, _AnyStage): _("It is dealt with together with another booking of yours."),
}
_KINDS = {
    consumer_complaint.KIND.name: _COMPLAINT,
    petition.KIND.name: _PETITION,
    venue_booking.KIND.name: _BOOKING,
}


def next_step(kind: str, state: str, stage: str | None) -> Promise | str:
    """What comes next for a case; empty where nothing is known of it."""
    known = _KINDS.get(kind, {})
    return known.get((state, stage)) or known.get((state, _AnyStage)) or ""


#: The states in which the business has said its word, by kind: whoever does not agree may take the next stage.
ANSWERED: Mapping[str, frozenset[str]] = {consumer_complaint.KIND.name: frozenset({"answered", "not-settled"})}

#: What happens after a complaint was filed, one sentence each, in order.
AFTER_FILING: tuple[Promise, ...] = (
    _("We look at the complaint. If something is missing, we ask you for it."),
    _(
        "We send it to the business, which has to settle it properly within fifteen days of its receipt (Consumer "
        "Protection Act, article 43, paragraph 2)."
    ),
    _(
        "If the business does not answer, or you do not agree with the answer, you can complain a second time, to the "
        "consumer ombudsman (article 43, paragraph 3)."
    ),
    _("If that does not settle it either, you can apply for mediation (article 44)."),
)

#: What happens after a petition was filed.
AFTER_PETITION: tuple[Promise, ...] = (
    _(
        "We see which agency is in charge. If it is another one, we hand the petition to it and tell you so "
        "(Administrative Procedure Act, article 172)."
    ),
    _("If something is not clear, we ask you to complete it (article 171)."),
    format_lazy(
        _("You have a reply within {days} days of the day on which we received it."), days=settings.PETITION_DAYS
    ),
    _("If the agency needs longer, it tells you before then, and why."),
)

#: What happens after a venue was booked.
AFTER_BOOKING: tuple[Promise, ...] = (
    _("The venue is kept for you at once, and nobody else can book it for this time."),
    _("We look at what it is for, and confirm or refuse the booking within seven working days."),
    _("If you change your mind, withdraw the booking: the venue is free for others at once."),
)
