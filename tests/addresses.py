"""Every public address, made from the address patterns: the tests walk a new one without being told."""

from collections import defaultdict
from collections.abc import Iterator

from django.urls import get_resolver

#: What stands for each part of a pattern; whatever is not named here is "one".
_PARTS = defaultdict(
    lambda: "one",
    path="datasets/staff/",
    plural="visits",
    number="1",
    version="1",
    earlier="1",
    later="2",
    layout="page",
    form="svg",
    uid="dataset:staff",
    key="headcount.workers.2022-05",
    format="csv",
    code="not-found",
    sha256="a" * 64,
)
#: What a name is, by how its address begins.
_NAMES = {
    "data/collections/": "visits.csv",
    "data/dumps/": "records.jsonl",
    "data/files/": "visits.csv",
    "opendata/datasets/": "staff",
    "api/v1/schemas/": "visit.1",
    "media/": "original.png",
}


def public_addresses() -> list[str]:
    """An address of every pattern that is not the admin's."""
    return sorted({f"/{address}" for address in _addresses() if not address.startswith("admin/")})


def _addresses() -> Iterator[str]:
    patterns = get_resolver().reverse_dict
    for view in patterns:
        if callable(view):
            for possibilities, *_rest in patterns.getlist(view):
                for template, _parts in possibilities:
                    plain = template.removeprefix("en/")
                    name = next((name for start, name in _NAMES.items() if plain.startswith(start)), "one")
                    parts = _PARTS.copy()
                    parts["name"] = name
                    yield template % parts
