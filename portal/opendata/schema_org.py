"""A dataset in schema.org's words, for search engines: the JSON-LD in its page."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from portal.core.languages import CHINESE, ENGLISH, LANGUAGES, in_language, text
from portal.opendata import vocabularies
from portal.opendata.distributions import File
from portal.opendata.entries import Entry
from portal.opendata.publisher import publisher
from portal.publication.topics import TOPICS
from portal.statistics.units import unit_label


def dataset(entry: Entry, language: str) -> dict[str, Any]:
    """The dataset with its files, its texts in a language. What is not known is left out."""
    record = entry.record
    other = CHINESE if language == ENGLISH else ENGLISH
    dates = record["dates"]
    told = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": entry.uri,
        "identifier": entry.uid,
        "name": text(record["title"], language),
        "alternateName": record["title"].get(other),
        "description": text(record["summary"] or record["title"], language),
        "url": settings.BASE_URL + in_language(record["url"][CHINESE], language),
        "inLanguage": list(LANGUAGES),
        "version": str(record["version"]),
        "datePublished": record["published_at"],
        "dateModified": record["modified_at"],
        "isAccessibleForFree": True,
        "license": vocabularies.LICENCE,
        "creator": _organisation(language),
        "publisher": _organisation(language),
        "keywords": [text(TOPICS[topic], language) for topic in record["topics"] if topic in TOPICS],
        "temporalCoverage": f"{dates['start'] or '..'}/{dates['end'] or '..'}" if any(_days(dates)) else None,
        "spatialCoverage": record["coverage"] and {"@type": "Place", "name": text(record["coverage"], language)},
        "variableMeasured": [_variable(measure, language) for measure in record["measures"]],
        "includedInDataCatalog": {"@type": "DataCatalog", "@id": f"{settings.BASE_URL}/opendata/#catalog"},
        "distribution": [_download(file, language) for file in entry.files],
    }
    return {name: value for name, value in told.items() if value}


def _days(dates: Mapping[str, Any]) -> tuple[str | None, str | None]:
    return dates["start"], dates["end"]


def _organisation(language: str) -> dict[str, Any]:
    who = publisher()
    return {
        "@type": "GovernmentOrganization",
        "@id": f"{settings.BASE_URL}/opendata/#publisher",
        "name": text(who.department, language),
        "url": settings.BASE_URL + in_language("/", language),
        "contactPoint": {
            "@type": "ContactPoint",
            "url": settings.BASE_URL + in_language(who.contact_path, language),
            **{name: value for name, value in (("telephone", who.phone), ("email", who.email)) if value},
        },
    }


def _variable(measure: Mapping[str, Any], language: str) -> dict[str, Any]:
    return {
        "@type": "PropertyValue",
        "name": text(measure["label"], language),
        "unitText": unit_label(measure["unit"], language),
    }


def _download(file: File, language: str) -> dict[str, Any]:
    made = {
        "@type": "DataDownload",
        "name": text(vocabularies.FORMAT_LABELS[file.format.code], language),
        "contentUrl": settings.BASE_URL + file.address,
        "encodingFormat": file.format.media_type,
        "contentSize": f"{file.size} B",
        "sha256": file.sha256,
        "inLanguage": file.format.language,
    }
    return {name: value for name, value in made.items() if value}
