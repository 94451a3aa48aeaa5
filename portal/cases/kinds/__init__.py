"""The kinds of case, one module each. A new kind is a module and a line here."""

from collections.abc import Mapping

from portal.cases.kinds import (
    clinic_session,
    consultation,
    consumer_complaint,
    inspection,
    maintenance,
    petition,
)
from portal.cases.kinds.declaration import Kind

DECLARED = (
    consumer_complaint.KIND,
    consultation.KIND,
    petition.KIND,
    maintenance.KIND,
    inspection.KIND,
    clinic_session.KIND,
)

#: The kinds by name.
KINDS: Mapping[str, Kind] = {kind.name: kind for kind in DECLARED}
