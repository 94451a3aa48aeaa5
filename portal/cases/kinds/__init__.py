"""The kinds of case, one module each. A new kind is a module and a line here."""

from collections.abc import Mapping

from portal.cases.kinds import consultation, consumer_complaint
from portal.cases.kinds.declaration import Kind

DECLARED = (consumer_complaint.KIND, consultation.KIND)

#: The kinds by name.
KINDS: Mapping[str, Kind] = {kind.name: kind for kind in DECLARED}
