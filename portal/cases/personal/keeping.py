"""What an event says of a person is kept where it belongs: the store that services hand personal values to."""

from collections.abc import Iterable, Mapping, Sequence

from portal.cases import events
from portal.cases.kinds import KINDS
from portal.cases.models import Case, CaseEvent
from portal.cases.personal import storing
from portal.cases.personal.wrapped import Personal


class EncryptedStore:
    """`events.PersonalStore` upon the encrypted tables. A case is found by the fields whose rule says so."""

    def store_all(self, said: Sequence[events.Said]) -> None:
        """Keep what was said, and take out what was said to be none."""
        storing.store_all(
            storing.Said(each.case, each.event.number, _given(each.values), _found_by(each.case, each.values))
            for each in said
        )
        for each in said:
            gone = [name for name, value in each.values.items() if value is None]
            if gone:
                storing.take_out(each.case, each.event.number, gone)

    def carry(self, earlier: Case, event: CaseEvent, fields: Sequence[str]) -> None:
        """Keep with the receipt of a later case what was last said in the earlier one, encrypted for its new place."""
        if fields:
            storing.carry(earlier, event.case, event.number, fields, found_by=_found_by(event.case, fields))


STORE = EncryptedStore()


def _given(values: Mapping[str, Personal | None]) -> dict[str, Personal]:
    return {name: value for name, value in values.items() if value is not None}


def _found_by(case: Case, names: Iterable[str]) -> dict[str, str]:
    declared = KINDS[case.kind].fields_by_name
    rules = {name: declared[name].rule for name in names}
    return {name: rule.found_by for name, rule in rules.items() if rule and rule.found_by}
