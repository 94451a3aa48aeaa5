"""The kinds of case, one module each. A new kind is a module and a line here."""

from collections.abc import Mapping

from portal.cases.kinds import consultation, consumer_complaint, vehicle_dispatch, venue_booking
from portal.cases.kinds.declaration import Kind

DECLARED = (consumer_complaint.KIND, consultation.KIND, venue_booking.KIND, vehicle_dispatch.KIND)

#: The kinds by name.
KINDS: Mapping[str, Kind] = {kind.name: kind for kind in DECLARED}
