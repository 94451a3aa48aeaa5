"""What an officer may see and do. Whatever the desk shows comes through here."""

import functools
import operator
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from portal.cases import confidentiality, references
from portal.cases.kinds import KINDS
from portal.cases.models import Case, Officer


class Rights:
    """The rights of a user, read once: one query."""

    def __init__(self, user: Any) -> None:
        rows = Officer.objects.filter(user=user, kind__in=KINDS)
        self._rows = {(row.kind, row.agency): row for row in rows}

    def __bool__(self) -> bool:
        return bool(self._rows)

    @property
    def kinds(self) -> list[str]:
        """The kinds of which some cases may be seen, in the declared order."""
        own = {kind for kind, _agency in self._rows}
        return [name for name in KINDS if name in own]

    @property
    def agencies(self) -> list[str]:
        """The agencies of which some cases may be seen."""
        return sorted({agency for _kind, agency in self._rows})

    @property
    def deciding(self) -> dict[str, list[str]]:
        """The kinds in whose cases steps may be taken, in the declared order, each with the agencies."""
        pairs = sorted(pair for pair, row in self._rows.items() if row.may_decide)
        own = {name: [agency for kind, agency in pairs if kind == name] for name in KINDS}
        return {name: agencies for name, agencies in own.items() if agencies}

    @property
    def reads_personal(self) -> bool:
        """Whether there are cases whose personal data may be read."""
        return any(row.may_read_personal for row in self._rows.values())

    def cases(self) -> QuerySet[Case]:
        """The cases that may be seen: confidential ones by those alone who may read personal data."""
        return Case.objects.filter(self._readable() | (_among(self._rows) & confidentiality.OPEN))

    def readable_cases(self) -> QuerySet[Case]:
        """The cases whose personal data may be read."""
        return Case.objects.filter(self._readable())

    def case(self, typed: str) -> Case:
        """The case of a reference as it was typed. Raises Http404 where there is none that may be seen."""
        try:
            reference = references.normalised(typed)
        except ValueError:
            raise Http404 from None
        found = self.cases().select_related("follows", "merged_into").filter(reference=reference).first()
        if found is None:
            raise Http404
        return found

    def may_see(self, case: Case) -> bool:
        """Whether a case may be seen."""
        row = self._rows.get((case.kind, case.agency))
        return row is not None and (row.may_read_personal or not confidentiality.is_confidential(case))

    def may_decide(self, case: Case) -> bool:
        """Whether steps may be taken in a case."""
        row = self._rows.get((case.kind, case.agency))
        return row is not None and row.may_decide

    def may_read_personal(self, case: Case) -> bool:
        """Whether the personal data of a case may be read, given a second factor."""
        row = self._rows.get((case.kind, case.agency))
        return row is not None and row.may_read_personal

    def _readable(self) -> Q:
        return _among(pair for pair, row in self._rows.items() if row.may_read_personal)


def _among(pairs: Iterable[tuple[str, str]]) -> Q:
    """The cases of these kinds and agencies; none where there are none."""
    kinds_of: dict[str, list[str]] = defaultdict(list)
    for kind, agency in pairs:
        kinds_of[agency].append(kind)
    conditions = [Q(agency=agency, kind__in=kinds) for agency, kinds in kinds_of.items()]
    return functools.reduce(operator.or_, conditions, Q(pk__in=[]))
