"""What the members of a document are called on a page, and in which order a page lists them."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

#: Member → term, where all types use the same word.
TERMS: dict[str, str | Promise] = {
    "affiliation": pgettext_lazy("fact", "Affiliation"),
    "body": pgettext_lazy("fact", "Text"),
    "change_note": pgettext_lazy("fact", "Note on the change"),
    "charts": pgettext_lazy("fact", "Charts"),
    "checks": pgettext_lazy("fact", "Checks"),
    "cities": pgettext_lazy("fact", "Cities"),
    "completed": pgettext_lazy("fact", "Completed"),
    "contact": pgettext_lazy("fact", "Contact"),
    "contractor": pgettext_lazy("fact", "Contractor"),
    "country": pgettext_lazy("fact", "Country"),
    "coverage": pgettext_lazy("fact", "Coverage"),
    "dates": pgettext_lazy("fact", "Date"),
    "delegation": pgettext_lazy("fact", "Delegation"),
    "derived.counts": pgettext_lazy("fact", "Exchanges recorded"),
    "derived.last_exchange": pgettext_lazy("fact", "Last exchange"),
    "direction": pgettext_lazy("fact", "Direction"),
    "distance": pgettext_lazy("fact", "From the harbour"),
    "due": pgettext_lazy("fact", "Due"),
    "effective": pgettext_lazy("fact", "In effect"),
    "fields_of_cooperation": pgettext_lazy("fact", "Fields of cooperation"),
    "file": pgettext_lazy("fact", "File"),
    "frequency": pgettext_lazy("fact", "Frequency"),
    "hazard": pgettext_lazy("fact", "Hazard"),
    "issued": pgettext_lazy("fact", "Issued"),
    "items": pgettext_lazy("fact", "Work items"),
    "kind": pgettext_lazy("fact", "Kind"),
    "licence": pgettext_lazy("fact", "Licence"),
    "location": pgettext_lazy("fact", "Coordinates"),
    "media": pgettext_lazy("fact", "Pictures"),
    "mode": pgettext_lazy("fact", "Mode"),
    "notes": pgettext_lazy("fact", "Notes"),
    "objects": pgettext_lazy("fact", "Objects shown"),
    "observations": pgettext_lazy("fact", "Figures"),
    "office": pgettext_lazy("fact", "Office"),
    "ordinal": pgettext_lazy("fact", "Ordinal number"),
    "partners": pgettext_lazy("fact", "Partners"),
    "path": pgettext_lazy("fact", "Address on this site"),
    "people": pgettext_lazy("fact", "People"),
    "phase": pgettext_lazy("fact", "Phase"),
    "place": pgettext_lazy("fact", "Place"),
    "products": pgettext_lazy("fact", "Products"),
    "quantities": pgettext_lazy("fact", "Quantities"),
    "region": pgettext_lazy("fact", "Region"),
    "related": pgettext_lazy("fact", "Related records"),
    "relations": pgettext_lazy("fact", "Related cities and records"),
    "remedy": pgettext_lazy("fact", "What to do"),
    "risk": pgettext_lazy("fact", "Risk"),
    "section": pgettext_lazy("fact", "Section"),
    "series": pgettext_lazy("fact", "Series"),
    "since": pgettext_lazy("fact", "Tie since"),
    "source": pgettext_lazy("fact", "Sources"),
    "status": pgettext_lazy("fact", "Status"),
    "subjects": pgettext_lazy("fact", "Subjects"),
    "summary": pgettext_lazy("fact", "Summary"),
    "supersedes": pgettext_lazy("fact", "Replaces"),
    "title": pgettext_lazy("fact", "Title"),
    "topics": pgettext_lazy("fact", "Topics"),
    "translation": pgettext_lazy("fact", "State of the English"),
    "updated": pgettext_lazy("fact", "Updated"),
    "website": pgettext_lazy("fact", "Website"),
    "withdrawn": pgettext_lazy("fact", "Withdrawn"),
}

#: (type, member) → term, where a type has a word of its own.
_OWN: dict[tuple[str, str], str | Promise] = {
    ("city", "kind"): pgettext_lazy("fact", "Tie"),
    ("agreement", "dates"): pgettext_lazy("fact", "Signed"),
    ("alert", "status"): pgettext_lazy("fact", "State"),
    ("announcement", "dates"): pgettext_lazy("fact", "Period or date"),
    ("dataset", "dates"): pgettext_lazy("fact", "Period"),
    ("exhibit", "dates"): pgettext_lazy("fact", "On show"),
    ("works", "dates"): pgettext_lazy("fact", "Time of works"),
    ("agreement", "people"): pgettext_lazy("fact", "Signatories"),
    ("dataset", "dimensions"): pgettext_lazy("fact", "Broken down by"),
    ("dataset", "measures"): pgettext_lazy("fact", "Measures"),
}


#: Members of each type, in the order of its page. A name with a dot is a member of ``derived``.
ORDER: dict[str, tuple[str, ...]] = {
    "city": (
        "kind",
        "country",
        "since",
        "derived.last_exchange",
        "derived.counts",
        "distance",
        "location",
        "website",
        "topics",
    ),
    "exhibit": ("dates", "place", "series", "cities", "objects", "topics"),
    "visit": (
        "dates",
        "country",
        "direction",
        "delegation",
        "office",
        "people",
        "place",
        "cities",
        "subjects",
        "topics",
    ),
    "agreement": ("dates", "kind", "ordinal", "cities", "people", "fields_of_cooperation", "place", "file", "topics"),
    "activity": ("dates", "kind", "place", "cities", "partners", "people", "quantities", "topics"),
    "announcement": ("dates", "kind", "effective", "place", "quantities", "contact", "topics"),
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
        "topics",
    ),
    "works": ("status", "due", "completed", "dates", "phase", "place", "items", "contractor", "topics"),
    "dataset": ("dates", "frequency", "coverage", "licence", "topics"),
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
