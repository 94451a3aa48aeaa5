"""The status of an observation: how firm its value is.

The codes are words; each that has a letter in SDMX's code list for the observation status (CL_OBS_STATUS 2.2)
names it. That list has no letter for a revised value, nor for one that the source itself calls "about": both
are published as words only.
"""

from dataclasses import dataclass

from portal.core.languages import CHINESE, ENGLISH


@dataclass(frozen=True, slots=True)
class Status:
    """A status code, its name as a language map, and SDMX's letter (None where SDMX has none)."""

    code: str
    label: dict[str, str]
    sdmx: str | None


NORMAL = "normal"
MISSING = "missing"
#: There is a value, but it would tell of a few people.
SUPPRESSED = "suppressed"
#: Those that no value has.
WITHOUT_VALUE = frozenset({MISSING, SUPPRESSED})

#: Code → status, in the order in which they are offered.
STATUSES = {
    code: Status(code, {CHINESE: chinese, ENGLISH: english}, sdmx)
    for code, chinese, english, sdmx in (
        (NORMAL, "正常", "Normal value", "A"),
        ("provisional", "初步", "Provisional", "P"),
        ("revised", "修正", "Revised", None),
        ("estimated", "估計", "Estimated", "E"),
        ("approximate", "約數", "Approximate", None),
        (MISSING, "缺值", "Missing", "O"),
        (SUPPRESSED, "不公開（件數過少）", "Not shown (few cases)", "Q"),
    )
}


def status_label(code: str, language: str) -> str:
    """The name of a status in a language. Raises KeyError for an unknown code."""
    return STATUSES[code].label[language]
