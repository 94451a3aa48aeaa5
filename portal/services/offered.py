"""What citizens can file here: which kind of case, and which of its fields in which order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.cases.kinds import consumer_complaint
from portal.cases.kinds.declaration import Field, FieldType, Kind
from portal.rendering.whole import SERVICES


@dataclass(frozen=True)
class Section:
    """Fields that stand together under a heading."""

    title: Promise
    fields: tuple[str, ...]
    note: Promise | str = ""


@dataclass(frozen=True, eq=False)
class Offer:
    """A form. ``path`` is its Chinese address; ``given`` are values that are not asked for. ``autocomplete`` are
    HTML's names for what browsers can fill in. ``takes_files`` says whether files can come with it.
    """

    kind: Kind
    path: str
    title: Promise
    given: Mapping[str, str]
    sections: tuple[Section, ...]
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
    autocomplete={"consumer_name": "name", "consumer_phone": "tel", "consumer_email": "email"},
    takes_files=True,
)
