"""The names of agencies, in both languages."""

from collections.abc import Mapping

from portal.cases.models import Agency
from portal.core.languages import CHINESE, ENGLISH, text

Names = Mapping[str, Mapping[str, str]]


def names() -> Names:
    """Code → language map, of all agencies that have names; one query."""
    rows = Agency.objects.values_list("code", "name_zh_hant", "name_en")
    return {code: {CHINESE: chinese, ENGLISH: english} for code, chinese, english in rows}


def named(code: str, among: Names, language: str) -> str:
    """What an agency is called in a language; its code where it has no name."""
    return text(among[code], language) if code in among else code
