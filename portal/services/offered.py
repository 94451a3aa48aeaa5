"""What citizens can file here: which kind of case, and which of its fields in which order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.cases.kinds import consumer_complaint, petition, venue_booking
from portal.cases.kinds.declaration import Kind
from portal.cases.kinds.fields import Field, FieldType
from portal.rendering.whole import SERVICES
from portal.resources.selectors import venues
from portal.services.next_steps import AFTER_BOOKING, AFTER_FILING, AFTER_PETITION


@dataclass(frozen=True)
class Section:
    """Fields that stand together under a heading."""

    title: Promise
    fields: tuple[str, ...]
    note: Promise | str = ""


@dataclass(frozen=True)
class Words:
    """What pages say of a form and of the case that it makes. ``intro`` and ``needs`` tell what it is for and how long
    it takes, ``privacy`` is the theme's text on personal data (``services/privacy/``), ``limit`` what stands before the
    last day of the time limit, ``after`` what happens after filing, one sentence each, in order.
    """

    intro: Promise
    needs: Promise
    privacy: str
    send: Promise
    declares: Promise
    received: Promise
    limit: Promise
    after: tuple[Promise, ...]
    withdraw: Promise
    withdraw_title: Promise
    withdraw_means: Promise
    withdraw_yes: Promise


@dataclass(frozen=True, eq=False)
class Offer:
    """A form. ``path`` is its Chinese address; ``given`` are values that are not asked for. ``autocomplete`` are
    HTML's names for what browsers can fill in. ``agency`` is the setting that names the agency which cases go to,
    ``takes_files`` says whether files can come with it.
    """

    kind: Kind
    path: str
    title: Promise
    given: Mapping[str, str]
    sections: tuple[Section, ...]
    words: Words
    agency: str = "SERVICES_AGENCY"
    autocomplete: Mapping[str, str] = field(default_factory=dict)
    takes_files: bool = False

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The fields that are asked for, in the order of the form."""
        known = self.kind.fields_by_name
        return tuple(known[name] for section in self.sections for name in section.fields)

    @cached_property
    def free_texts(self) -> tuple[Field, ...]:
        """Those in which anything may be written."""
        return tuple(each for each in self.fields if each.type is FieldType.TEXT and each.rule is None)


COMPLAINT = Offer(
    kind=consumer_complaint.KIND,
    path=f"{SERVICES}complaints/new/",
    title=_("File a consumer complaint"),
    given={"stage": consumer_complaint.FIRST, "channel": "online"},
    sections=(
        Section(
            _("You"),
            ("consumer_name", "consumer_phone", "consumer_email"),
            _("Give a telephone number or an e-mail address, or both, so that we can reach you."),
        ),
        Section(_("The business"), ("business_name", "business_tax_id")),
        Section(_("The matter"), ("category", "purchased_on", "amount", "description", "demand")),
    ),
    words=Words(
        intro=_(
            "For whoever has bought goods or a service from a business and is in dispute with it. You need the name of "
            "the business, and what happened. It costs nothing."
        ),
        needs=_("It takes about ten minutes. You can check your answers before anything is sent."),
        privacy="complaint",
        send=_("File the complaint"),
        declares=_("By filing it you say that what you wrote is true as far as you know."),
        received=_("We have received your complaint"),
        limit=_("The business has to settle it by:"),
        after=AFTER_FILING,
        withdraw=_("Withdraw the complaint"),
        withdraw_title=_("Withdraw the complaint?"),
        withdraw_means=_(
            "It is closed then, and we go no further with it. You cannot take this back, but you can file another "
            "complaint."
        ),
        withdraw_yes=_("Yes, withdraw it"),
    ),
    autocomplete={"consumer_name": "name", "consumer_phone": "tel", "consumer_email": "email"},
    takes_files=True,
)

PETITION = Offer(
    kind=petition.KIND,
    path=f"{SERVICES}petitions/new/",
    title=_("File a petition"),
    given={"channel": "online"},
    agency="PETITIONS_AGENCY",
    sections=(
        Section(
            pgettext_lazy("who files a petition", "You"),
            ("petitioner_name", "petitioner_phone", "petitioner_email"),
            _("Give a telephone number or an e-mail address, or both, so that we can reach you."),
        ),
        Section(pgettext_lazy("of a petition", "The matter"), ("concern", "subject", "text", "confidential")),
    ),
    words=Words(
        intro=_(
            "For a suggestion to the city, a question on its rules, a report of something that it does wrong, or a "
            "matter of your own rights. You need not know which agency is in charge."
        ),
        needs=_("It takes about ten minutes. You can check your answers before anything is sent."),
        privacy="petition",
        send=_("File the petition"),
        declares=_("By filing it you say that what you wrote is true as far as you know."),
        received=_("We have received your petition"),
        limit=_("You have our reply by:"),
        after=AFTER_PETITION,
        withdraw=_("Withdraw the petition"),
        withdraw_title=_("Withdraw the petition?"),
        withdraw_yes=_("Yes, withdraw it"),
        withdraw_means=_(
            "It is closed then, and nobody replies to it. You cannot take this back, but you can file another petition."
        ),
    ),
    autocomplete={"petitioner_name": "name", "petitioner_phone": "tel", "petitioner_email": "email"},
    takes_files=True,
)

BOOKING = Offer(
    kind=venue_booking.KIND,
    path=f"{SERVICES}bookings/new/",
    title=_("Book a venue"),
    given={},
    sections=(
        Section(
            _("Where and when"),
            ("venue", "starts_at", "ends_at"),
            _("The time is kept for you from the moment that you send the form."),
        ),
        Section(_("What it is for"), ("purpose", "audience", "attendees", "event")),
        Section(
            pgettext_lazy("who books a venue", "You"),
            ("organiser", "contact_name", "contact_phone", "contact_email"),
            _("Give a telephone number or an e-mail address, or both, so that we can reach you."),
        ),
    ),
    words=Words(
        intro=_(
            "For agencies, associations, schools and companies that want to hold a meeting, a talk, an exhibition or "
            "another event in a hall or a meeting room of the city's administration centers."
        ),
        needs=_("It takes about five minutes. You can check your answers before anything is sent."),
        privacy="booking",
        send=_("Send the booking"),
        declares=_("By sending it you say that what you wrote is true as far as you know."),
        received=_("We have received your booking"),
        limit=_("We answer by:"),
        after=AFTER_BOOKING,
        withdraw=_("Withdraw the booking"),
        withdraw_title=_("Withdraw the booking?"),
        withdraw_means=_("The venue is free for others at once. You cannot take this back, but you can book again."),
        withdraw_yes=pgettext_lazy("a booking", "Yes, withdraw it"),
    ),
    autocomplete={
        "organiser": "organization",
        "contact_name": "name",
        "contact_phone": "tel",
        "contact_email": "email",
    },
)

#: What can be filed, by the name of the kind.
OFFERS: Mapping[str, Offer] = {offer.kind.name: offer for offer in (COMPLAINT, PETITION, BOOKING)}


def is_open(offer: Offer) -> bool:
    """Whether anything can be filed with it now: a venue is booked only where there is one."""
    return offer is not BOOKING or bool(venues())
