"""The values of a case as its kind declares them, and those that cases of every kind may have."""

import enum
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: The boolean field of receipt that makes a case confidential while it is true.
CONFIDENTIAL = "confidential"


class FieldType(enum.StrEnum):
    """What a value is, and how JSON carries it."""

    #: One line or, with ``multiline``, several.
    TEXT = "text"
    CHOICE = "choice"
    #: ``2022-05-31``
    DATE = "date"
    #: RFC 3339 with an offset.
    DATETIME = "datetime"
    #: New Taiwan dollars as a decimal text, since JSON's numbers are doubles.
    AMOUNT = "amount"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    #: The reference of another case.
    CASE = "case"
    #: The code of another agency that works on cases of the kind. A transition with such a field hands the case to it.
    AGENCY = "agency"
    #: The code of a room or vehicle (`portal.resources`) of the type that the field ``takes``.
    RESOURCE = "resource"


class When(enum.StrEnum):
    """Which days and moments a date may name, told from the case's receipt and the present."""

    ANY = "any"
    #: It had happened when the case was received.
    BY_RECEIPT = "by-receipt"
    #: It has happened, and not before the case was received.
    SINCE_RECEIPT = "since-receipt"
    #: Not before the case was received; it may lie ahead.
    FROM_RECEIPT = "from-receipt"


@dataclass(frozen=True)
class Choice:
    """A code that a field may hold."""

    code: str
    label: Promise


@dataclass(frozen=True)
class Rule:
    """What a text must be besides its length: a pattern (ECMA 262, of the whole text) that a JSON Schema can state, and
    a check for what a pattern cannot say. ``message`` tells what is expected. ``found_by`` names as what a personal
    value is found by (`PersonalIndex.By`); empty where it is not.
    """

    name: str
    pattern: str
    message: Promise
    holds: Callable[[str], bool] = lambda _text: True
    found_by: str = ""


@dataclass(frozen=True)
class Field:
    """A value of a case.

    ``personal`` values never reach the tables of cases and events. Those that ``identify`` the person are masked where
    a confidential case is shown. ``counted`` ones are dimensions of the counts, hence choices or booleans. ``minimum``
    and ``maximum`` limit integers and amounts, ``max_length`` texts (in characters), ``decimals`` the scale of amounts.
    ``takes`` is the type of resource that a field of that type takes.
    """

    name: str
    type: FieldType
    label: Promise
    help: Promise | str = ""
    required: bool = False
    personal: bool = False
    identify: bool = False
    counted: bool = False
    choices: tuple[Choice, ...] = ()
    rule: Rule | None = None
    multiline: bool = False
    max_length: int = 200
    minimum: int | None = None
    maximum: int | None = None
    decimals: int = 0
    when: When = When.ANY
    takes: str = ""

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes of its choices."""
        return frozenset(choice.code for choice in self.choices)


#: Why a case was reopened, merged, assigned or amended: may hold anything, so it is personal.
REASON = Field("reason", FieldType.TEXT, _("Reason"), personal=True, multiline=True, max_length=1000)
#: What an officer notes with a step for the office itself.
REMARK = Field("remark", FieldType.TEXT, _("Remark"), personal=True, multiline=True, max_length=2000)
#: What a citizen is told with a step, what they are asked for where something is missing, and what they add then.
MESSAGE = Field("note", FieldType.TEXT, _("Message to the citizen"), personal=True, multiline=True, max_length=2000)
MISSING = Field(
    "missing", FieldType.TEXT, _("What is missing"), required=True, personal=True, multiline=True, max_length=2000
)
ADDITION = Field("addition", FieldType.TEXT, _("What was added"), personal=True, multiline=True, max_length=4000)
#: What officers write for each other.
INTERNAL_NOTE = Field(
    "internal_note", FieldType.TEXT, _("Internal note"), required=True, personal=True, multiline=True, max_length=4000
)
#: What a file is called: people name files after people.
ATTACHMENT_NAME = Field("attachment_name", FieldType.TEXT, _("File name"), personal=True, max_length=200)
YES_NO = (Choice("true", _("Yes")), Choice("false", _("No")))
