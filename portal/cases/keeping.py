"""Where services keep what is personal: the encrypted store, told by the kind's declaration what a case is found by."""

from collections.abc import Sequence

from portal.cases import actors
from portal.cases.events import PersonalStore, Said
from portal.cases.kinds import KINDS
from portal.cases.kinds.rules import EMAIL, PHONE
from portal.cases.models import Case, CaseEvent, PersonalIndex, PersonalValue, Reading
from portal.cases.personal import reading, storing

_FOUND_BY = {PHONE.name: PersonalIndex.By.PHONE, EMAIL.name: PersonalIndex.By.EMAIL}


class EncryptedStore:
    """Keeps personal values in `portal.cases.personal`."""

    def store_all(self, said: Sequence[Said]) -> None:
        """Keep values with their events. What is taken out is deleted with all that was said for the field before."""
        for each in said:
            emptied = [name for name, value in each.values.items() if value is None]
            if emptied:
                PersonalValue.objects.filter(case=each.case, field__in=emptied).delete()
        storing.store_all(
            storing.Said(
                each.case,
                each.event.number,
                {name: value for name, value in each.values.items() if value is not None},
                _found_by(each.case.kind),
            )
            for each in said
        )

    def carry(self, earlier: Case, event: CaseEvent, fields: Sequence[str]) -> None:
        """Read what was said in the earlier case, which leaves a row in the audit, and keep it with the event."""
        actor = event.actor if event.actor.startswith(("user:", "module:")) else actors.FOLLOWING
        said = reading.read(earlier, fields=fields, actor=actor, purpose=Reading.Purpose.HANDLING)
        storing.store(event.case, event.number, said, found_by=_found_by(event.kind))


ENCRYPTED: PersonalStore = EncryptedStore()


def _found_by(kind: str) -> dict[str, str]:
    """The fields that a case of a kind is found by, and as what."""
    return {
        field.name: _FOUND_BY[field.rule.name]
        for field in KINDS[kind].fields_by_name.values()
        if field.personal and field.rule and field.rule.name in _FOUND_BY
    }
