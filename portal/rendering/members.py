"""What the members of a document are called on a page, and in which order a page lists them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

#: Member → term, where all types use the same word.
TERMS: dict[str, str | Promise] = {
    "affiliation": _("Affiliation"),
    "body": _("Text"),
    "change_note": _("Note on the change"),
    "cities": _("Cities"),
    "completed": _("Completed"),
    "contact": _("Contact"),
    "contractor": _("Contractor"),
    "country": _("Country"),
    "coverage": _("Coverage"),
    "dates": _("Date"),
    "delegation": _("Delegation"),
    "derived.counts": _("Exchanges recorded"),
    "derived.last_exchange": _("Last exchange"),
    "direction": _("Direction"),
    "due": _("Due"),
    "effective": _("In effect"),
    "fields_of_cooperation": _("Fields of cooperation"),
    "file": _("File"),
    "frequency": _("Frequency"),
    "hazard": _("Hazard"),
    "issued": _("Issued"),
    "items": _("Work items"),
    "kind": _("Kind"),
    "licence": _("Licence"),
    "location": _("Coordinates"),
    "media": _("Pictures"),
    "mode": _("Mode"),
    "notes": _("Notes"),
    "objects": _("Objects shown"),
    "observations": _("Figures"),
    "office": _("Office"),
    "ordinal": _("Ordinal number"),
    "partners": _("Partners"),
    "people": _("People"),
    "phase": _("Phase"),
    "place": _("Place"),
    "products": _("Products"),
    "quantities": _("Quantities"),
    "region": _("Region"),
    "relations": _("Related cities and records"),
    "remedy": _("What to do"),
    "risk": _("Risk"),
    "series": _("Series"),
    "since": _("Tie since"),
    "status": _("Status"),
    "subjects": _("Subjects"),
    "summary": _("Summary"),
    "supersedes": _("Replaces"),
    "title": _("Title"),
    "topics": _("Topics"),
    "updated": _("Updated"),
    "website": _("Website"),
    "withdrawn": _("Withdrawn"),
}

#: (type, member) → term, where a type has a word of its own.
_OWN: dict[tuple[str, str], str | Promise] = {
    ("city", "kind"): _("Tie"),
    ("agreement", "dates"): _("Signed"),
    ("alert", "status"): _("State"),
    ("announcement", "dates"): _("Period or date"),
    ("dataset", "dates"): _("Period"),
    ("exhibit", "dates"): _("On show"),
    ("works", "dates"): _("Time of works"),
    ("agreement", "people"): _("Signatories"),
    ("dataset", "dimensions"): pgettext_lazy("of a dataset", "Broken down by"),
    ("dataset", "measures"): pgettext_lazy("of a dataset", "Measures"),
}


#: Members of each type, in the order of its page. A name with a dot is a member of ``derived``.
ORDER: dict[str, tuple[str, ...]] = {
    "city": ("kind", "country", "since", "derived.last_exchange", "derived.counts", "website", "location"),
    "exhibit": ("dates", "place", "series", "cities", "objects"),
    "visit": ("dates", "direction", "delegation", "office", "people", "place", "cities", "subjects"),
    "agreement": ("dates", "kind", "ordinal", "cities", "people", "fields_of_cooperation", "place", "file"),
    "activity": ("dates", "kind", "place", "cities", "partners", "people", "quantities"),
    "announcement": ("dates", "kind", "effective", "place", "quantities", "contact"),
    "alert": (
        "kind",
        "risk",
        "products",
        "hazard",
        "remedy",
        "issued",
        "updated",
        "withdrawn",
        "supersedes",
        "dates",
        "quantities",
    ),
    "works": ("status", "due", "completed", "dates", "phase", "place", "items", "contractor"),
    "dataset": ("dates", "frequency", "coverage", "licence"),
}
#: Facts that a reader looks for: their absence is said in place.
SAID_WHEN_MISSING = {
    "city": ("since",),
    "visit": ("dates",),
    "agreement": ("dates",),
    "exhibit": ("dates",),
    "works": ("due",),
}


def term(record_type: str, member: str) -> str:
    """The word for a member in the active language; the member's own name for one that has none."""
    return str(_OWN.get((record_type, member)) or TERMS.get(member) or member)
