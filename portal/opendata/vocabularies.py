"""What catalogues call things: formats in both languages, and the terms of the EU Publications Office and of IANA that
DCAT-AP asks for.
"""

from portal.core.languages import CHINESE, ENGLISH
from portal.publication.codelists import LISTS
from portal.publication.topics import TOPICS

Label = dict[str, str]

_AUTHORITY = "http://publications.europa.eu/resource/authority"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types"
#: Open Government Data License, version 1.0.
LICENCE = "https://data.gov.tw/license"
COMPATIBLE_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
PUBLIC = f"{_AUTHORITY}/access-right/PUBLIC"
STABLE = f"{_AUTHORITY}/planned-availability/STABLE"
THEMES = f"{_AUTHORITY}/data-theme"
LANGUAGE_URIS = {CHINESE: f"{_AUTHORITY}/language/ZHO", ENGLISH: f"{_AUTHORITY}/language/ENG"}
#: Frequency of what is kept level with the log.
CONTINUOUS = "continuous"
#: Frequency of a dataset → the term that says so.
FREQUENCIES = {
    "monthly": f"{_AUTHORITY}/frequency/MONTHLY",
    "quarterly": f"{_AUTHORITY}/frequency/QUARTERLY",
    "half-yearly": f"{_AUTHORITY}/frequency/ANNUAL_2",
    "yearly": f"{_AUTHORITY}/frequency/ANNUAL",
    "irregular": f"{_AUTHORITY}/frequency/IRREG",
    "once": f"{_AUTHORITY}/frequency/NEVER",
    CONTINUOUS: f"{_AUTHORITY}/frequency/UPDATE_CONT",
}
#: Frequency of a dataset → what it is called.
FREQUENCY_LABELS: dict[str, Label] = LISTS["dataset.frequency"] | {
    CONTINUOUS: {CHINESE: "隨時更新", ENGLISH: "Continuously"},
}
#: Extension of a file → its file type. JSON Lines has no term there, and is named by its own definition.
FILE_TYPES = {
    "csv": f"{_AUTHORITY}/file-type/CSV",
    "ods": f"{_AUTHORITY}/file-type/ODS",
    "xlsx": f"{_AUTHORITY}/file-type/XLSX",
    "json": f"{_AUTHORITY}/file-type/JSON",
    "jsonl": "https://jsonlines.org/",
    "parquet": f"{_AUTHORITY}/file-type/PARQUET",
    "csv-metadata.json": f"{_AUTHORITY}/file-type/JSON_LD",
}
_UNREGISTERED = frozenset({"application/jsonl"})

#: Code of a format → what it is called.
FORMAT_LABELS: dict[str, Label] = {
    code: {CHINESE: chinese, ENGLISH: english}
    for code, chinese, english in (
        ("csv", "CSV（程式用，代碼與原值）", "CSV for programs (codes, exact values)"),
        ("csv-zh-hant", "CSV（試算表用，中文）", "CSV for spreadsheets (Chinese)"),
        ("csv-en", "CSV（試算表用，英文）", "CSV for spreadsheets (English)"),
        ("ods-zh-hant", "ODS試算表（中文）", "ODS spreadsheet (Chinese)"),
        ("ods-en", "ODS試算表（英文）", "ODS spreadsheet (English)"),
        ("xlsx-zh-hant", "XLSX試算表（中文）", "XLSX spreadsheet (Chinese)"),
        ("xlsx-en", "XLSX試算表（英文）", "XLSX spreadsheet (English)"),
        ("json", "JSON（結構與數值）", "JSON (structure and figures)"),
        ("jsonl", "JSON Lines（每行一筆）", "JSON Lines (one figure per line)"),
        ("parquet", "Parquet", "Parquet"),
        ("csvw", "CSVW（程式用CSV的欄位說明）", "CSVW (what the columns of the CSV for programs mean)"),
    )
}
#: The same for the files of records.
RECORD_FORMAT_LABELS = {code: FORMAT_LABELS[code] for code in ("csv", "csv-zh-hant", "csv-en")} | {
    "jsonl": {CHINESE: "JSON Lines（每行一筆）", ENGLISH: "JSON Lines (one record per line)"},
}
#: Extension of a file → what readers choose it by.
KINDS = {
    "csv": "CSV",
    "ods": "ODS",
    "xlsx": "XLSX",
    "json": "JSON",
    "jsonl": "JSON Lines",
    "parquet": "Parquet",
    "csv-metadata.json": "CSVW",
}

#: Theme of the EU's portals → its name, and the topics that belong to it.
_THEMES = {
    "AGRI": ("Agriculture, fisheries, forestry and food", "農林漁牧與食品", "agriculture"),
    "ECON": ("Economy and finance", "經濟與財政", "economy tourism budget procurement"),
    "EDUC": ("Education, culture and sport", "教育、文化與運動", "education culture sport"),
    "ENER": ("Energy", "能源", "energy"),
    "GOVE": (
        "Government and public sector",
        "政府與公共部門",
        "facilities records-management digital-government personnel petitions service-quality council about",
    ),
    "HEAL": ("Health", "健康", "health public-health"),
    "INTR": ("International issues", "國際事務", "sister-cities humanitarian-aid"),
    "JUST": ("Justice, legal system and public safety", "司法、法制與公共安全", "consumer-protection human-rights"),
    "SOCI": ("Population and society", "人口與社會", "housing child-friendly"),
    "TECH": ("Science and technology", "科學與技術", "smart-city technology information-security"),
    "TRAN": ("Transport", "運輸", "vehicles"),
}
#: URI of a theme → its name.
THEME_LABELS: dict[str, Label] = {
    f"{THEMES}/{code}": {CHINESE: chinese, ENGLISH: english} for code, (english, chinese, _topics) in _THEMES.items()
}
_THEME_OF = {
    f"topic:{topic}": f"{THEMES}/{code}" for code, (_en, _zh, topics) in _THEMES.items() for topic in topics.split()
}


def theme_of(topic: str) -> str | None:
    """The URI of the theme that a topic (by uid) belongs to."""
    return _THEME_OF.get(topic) if topic in TOPICS else None


def media_type_uri(media_type: str) -> str | None:
    """The URI of a media type; None for one that IANA does not have."""
    return None if media_type in _UNREGISTERED else f"{_MEDIA_TYPES}/{media_type}"
