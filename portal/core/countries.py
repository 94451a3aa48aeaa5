"""Names of countries (ISO 3166-1 alpha-2) in both languages, from CLDR through Babel, as the city government uses
them.
"""

import functools

from babel import Locale

from portal.core.languages import CHINESE, ENGLISH

#: Where the administration's word is not CLDR's.
_OWN = {"KR": {CHINESE: "韓國", ENGLISH: "South Korea"}, "TW": {CHINESE: "臺灣", ENGLISH: "Taiwan"}}

#: Codes of CLDR that are regions or test values.
_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "ZZ", "XA", "XB"})


@functools.cache
def country_names() -> dict[str, dict[str, str]]:
    """Code → name in both languages, for every country of CLDR."""
    chinese = {str(code): name for code, name in Locale("zh", "TW", script="Hant").territories.items()}
    english = {str(code): name for code, name in Locale("en").territories.items()}
    codes = sorted(code for code in english.keys() & chinese.keys() if len(code) == 2 and code.isalpha())
    return {
        code: _OWN.get(code, {CHINESE: chinese[code], ENGLISH: english[code]})
        for code in codes
        if code not in _NO_COUNTRIES
    }
