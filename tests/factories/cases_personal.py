"""Cases with personal data."""

from django.utils import timezone

from portal.cases.models import Case, PersonalIndex
from portal.cases.personal.storing import store
from portal.cases.personal.wrapped import Personal
from portal.cases.references import new_reference

NAME, PHONE, EMAIL = "林小美", "0912-345-678", "Mei@Example.org"
FOUND_BY = {"phone": PersonalIndex.By.PHONE, "email": PersonalIndex.By.EMAIL}
OFFICER = {"actor": "user:7", "purpose": "handling"}


def a_case(**values: str) -> Case:
    """A case whose first event says these values, or a name, a telephone number and an address."""
    case = Case.objects.create(
        reference=new_reference("CC"),
        kind="consumer-complaint",
        agency="consumer-office",
        received_at=timezone.now(),
        version=1,
        state="received",
        data={},
    )
    say(case, 1, **(values or {"name": NAME, "phone": PHONE, "email": EMAIL}))
    return case


def say(case: Case, event: int, **values: str) -> None:
    """Have an event say more."""
    store(case, event, {name: Personal(value) for name, value in values.items()}, found_by=FOUND_BY)
