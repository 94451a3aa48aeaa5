"""Citizens' services."""

from portal.settings.env import text

#: The code of the agency that cases filed by citizens go to.
SERVICES_AGENCY = text("SERVICES_AGENCY", "consumer-office")
