"""Consumer complaints (消費爭議): first complaint, second complaint, mediation.

Consumer Protection Act, art. 43: a consumer may complain to the business, a consumers' association or a consumer
service centre; the business settles it properly within fifteen days of the complaint; failing that the consumer may
complain to the consumer ombudsman. Art. 44: failing either, the consumer may apply for mediation. Each is a case of
its own that follows the one before.
"""

from django.utils.translation import gettext_lazy as _

from portal.cases.deadlines.rule import DeadlineRule, Unit
from portal.cases.kinds.declaration import EVERYONE, STAFF, Kind, Stage, State, Transition
from portal.cases.kinds.fields import ADDITION, MESSAGE, MISSING, Choice, Field, FieldType, When
from portal.cases.kinds.rules import EMAIL, PHONE, TAX_ID

FIRST, SECOND, MEDIATION = "first-complaint", "second-complaint", "mediation"

#: What disputes are about, after the Executive Yuan's categories.
CATEGORIES = (
    Choice("food", _("Food and catering")),
    Choice("online-shopping", _("Online shopping and distance sales")),
    Choice("telecommunications", _("Telecommunications")),
    Choice("electronics", _("Computers, telephones and household appliances")),
    Choice("online-games", _("Online games and digital content")),
    Choice("clothing", _("Clothing, bags and accessories")),
    Choice("vehicles", _("Cars, motorcycles and their repair")),
    Choice("real-estate", _("Buying and renting homes")),
    Choice("furnishing", _("Furniture and interior work")),
    Choice("travel", _("Travel and lodging")),
    Choice("transport", _("Transport and delivery")),
    Choice("fitness-beauty", _("Fitness, beauty and slimming")),
    Choice("education", _("Tutoring and education")),
    Choice("health", _("Health care and medicines")),
    Choice("finance", _("Banking and insurance")),
    Choice("vouchers", _("Gift vouchers and memberships")),
    Choice("other", _("Other goods and services")),
)

CHANNELS = (
    Choice("online", _("Online")),
    Choice("counter", _("At the counter")),
    Choice("post", _("By post")),
    Choice("fax", _("By fax")),
    Choice("referred", _("Referred by another agency")),
)

DEMANDS = (
    Choice("refund", _("Refund")),
    Choice("exchange", _("Exchange")),
    Choice("repair", _("Repair")),
    Choice("termination", _("Termination of the contract")),
    Choice("performance", _("Performance of the contract")),
    Choice("compensation", _("Compensation")),
    Choice("other", _("Something else")),
)

GROUNDS = (
    Choice("no-consumer-relation", _("Not a matter between a consumer and a business")),
    Choice("incomplete", _("Not completed in time")),
    Choice("in-court", _("Before a court, or decided by one")),
    Choice("mediated-before", _("Mediated before")),
    Choice("no-complaint-before", _("Not complained of before")),
    Choice("other", _("Another ground")),
)

FIELDS = (
    Field("channel", FieldType.CHOICE, _("Received by"), required=True, counted=True, choices=CHANNELS),
    Field("consumer_name", FieldType.TEXT, _("Consumer's name"), required=True, personal=True, max_length=100),
    Field("consumer_phone", FieldType.TEXT, _("Consumer's telephone"), personal=True, rule=PHONE, max_length=30),
    Field("consumer_email", FieldType.TEXT, _("Consumer's e-mail"), personal=True, rule=EMAIL, max_length=254),
    Field(
        "business_name",
        FieldType.TEXT,
        _("Name of the business"),
        _("As it stands on the receipt, invoice or contract."),
        required=True,
        max_length=100,
    ),
    Field(
        "business_tax_id",
        FieldType.TEXT,
        _("Tax identification number of the business"),
        _("Eight digits; it stands on the invoice."),
        rule=TAX_ID,
        max_length=8,
    ),
    Field("category", FieldType.CHOICE, _("Goods or service"), required=True, counted=True, choices=CATEGORIES),
    Field("purchased_on", FieldType.DATE, _("Date of purchase"), when=When.BY_RECEIPT),
    Field(
        "description",
        FieldType.TEXT,
        _("What happened"),
        _("Do not write identity card or account numbers here."),
        required=True,
        personal=True,
        multiline=True,
        max_length=4000,
    ),
    Field("amount", FieldType.AMOUNT, _("Amount in dispute (TWD)"), minimum=0),
    Field("demand", FieldType.CHOICE, _("What the consumer asks for"), required=True, choices=DEMANDS),
)

_ANSWER = Field("answer", FieldType.TEXT, _("The business's answer"), personal=True, multiline=True, max_length=4000)
_MEETING_AT = Field("meeting_at", FieldType.DATETIME, _("Time of the meeting"), required=True, when=When.FROM_RECEIPT)
_MEETING_PLACE = Field("meeting_place", FieldType.TEXT, _("Place of the meeting"), required=True)
_RECOVERED = Field("amount_recovered", FieldType.AMOUNT, _("Amount recovered (TWD)"), required=True, minimum=0)
_OPEN = ("received", "supplement", "with-business", "answered", "negotiation", "hearing")

KIND = Kind(
    name="consumer-complaint",
    prefix="CC",
    label=_("Consumer complaint"),
    fields=FIELDS,
    at_least_one=(("consumer_phone", "consumer_email"),),
    stages=(
        Stage(
            FIRST,
            _("First complaint"),
            deadline=DeadlineRule(15, Unit.CALENDAR, _("Consumer Protection Act, article 43, paragraph 2")),
        ),
        Stage(SECOND, _("Second complaint"), after=(FIRST,)),
        Stage(MEDIATION, _("Mediation"), after=(FIRST, SECOND)),
    ),
    # The business may leave a complaint without an answer: then the next stage begins while this one is still open.
    continued_from=("received", "with-business", "answered", "negotiation", "not-settled"),
    states=(
        State("received", _("Received")),
        State("supplement", _("Waiting for the citizen to complete it"), waits=True),
        State("with-business", _("With the business")),
        State("answered", _("Answered by the business")),
        State("negotiation", _("In negotiation")),
        State("hearing", _("Mediation meeting arranged")),
        State("settled", _("Settled"), closed=True),
        State("not-settled", _("Not settled"), closed=True),
        State("withdrawn", _("Withdrawn"), closed=True),
        State("not-accepted", _("Not accepted"), closed=True),
        State("transferred", _("Transferred"), closed=True),
    ),
    transitions=(
        Transition(
            "request-supplement",
            _("Ask the citizen to complete it"),
            ("received",),
            "supplement",
            STAFF,
            (MISSING,),
            informs=True,
        ),
        Transition("supplement", _("Completed"), ("supplement",), "received", EVERYONE, (ADDITION,)),
        Transition(
            "forward",
            _("Forward to the business"),
            ("received",),
            "with-business",
            STAFF,
            (MESSAGE,),
            informs=True,
            stages=(FIRST, SECOND),
        ),
        Transition(
            "answer",
            _("The business has answered"),
            ("with-business",),
            "answered",
            STAFF,
            (
                Field("answered_on", FieldType.DATE, _("Answered on"), required=True, when=When.SINCE_RECEIPT),
                _ANSWER,
            ),
            informs=True,
            stages=(FIRST, SECOND),
        ),
        Transition(
            "negotiate",
            _("Invite both sides to negotiate"),
            ("received", "with-business", "answered", "negotiation"),
            "negotiation",
            STAFF,
            (_MEETING_AT, _MEETING_PLACE, MESSAGE),
            informs=True,
            stages=(SECOND,),
        ),
        Transition(
            "arrange-hearing",
            _("Arrange a mediation meeting"),
            ("received", "hearing"),
            "hearing",
            STAFF,
            (_MEETING_AT, _MEETING_PLACE, MESSAGE),
            informs=True,
            stages=(MEDIATION,),
        ),
        Transition(
            "settle",
            _("Settled"),
            ("received", "with-business", "answered", "negotiation", "hearing"),
            "settled",
            STAFF,
            (_RECOVERED, MESSAGE),
            informs=True,
        ),
        Transition(
            "fail",
            _("Not settled"),
            ("with-business", "answered", "negotiation", "hearing"),
            "not-settled",
            STAFF,
            (MESSAGE,),
            informs=True,
        ),
        Transition("withdraw", _("Withdraw"), _OPEN, "withdrawn", EVERYONE, (MESSAGE,), informs=True),
        Transition(
            "decline",
            _("Not accepted"),
            ("received", "supplement"),
            "not-accepted",
            STAFF,
            (Field("ground", FieldType.CHOICE, _("Ground"), required=True, choices=GROUNDS), MESSAGE),
            informs=True,
        ),
        Transition(
            "transfer",
            _("Transfer to the agency in charge"),
            ("received", "supplement"),
            "transferred",
            STAFF,
            (
                Field("transferred_to", FieldType.TEXT, _("Agency in charge"), required=True, max_length=100),
                MESSAGE,
            ),
            informs=True,
        ),
    ),
    retention_days=5 * 365,
)
