"""Citizens' services."""

from portal.settings.env import text

#: The codes of the agencies that complaints, and petitions, filed by citizens go to.
SERVICES_AGENCY = text("SERVICES_AGENCY", "consumer-office")
PETITIONS_AGENCY = text("PETITIONS_AGENCY", "administration")
