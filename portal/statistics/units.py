"""Units of measure: their codes, and their names in both languages."""

from dataclasses import dataclass

from portal.core.languages import CHINESE, ENGLISH

#: Units of what can't be added up: a sum of shares of different wholes says nothing.
RATIOS = frozenset({"percent"})
#: The minus sign; a hyphen is shorter than the digits beside it.
MINUS = "−"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure.

    ``chinese`` stands after the number; English has a word for one and a word for more.
    """

    code: str
    chinese: str
    singular: str
    plural: str

    @property
    def label(self) -> dict[str, str]:
        """The unit's name as a language map, in the plural where English has one."""
        return {CHINESE: self.chinese, ENGLISH: self.plural}


#: Code → unit.
UNITS = {
    code: Unit(code, chinese, singular, plural)
    for code, chinese, singular, plural in (
        ("agency", "個機關", "agency", "agencies"),
        ("business", "家", "business", "businesses"),
        ("case", "件", "case", "cases"),
        ("city", "城市", "city", "cities"),
        ("copy", "件", "copy", "copies"),
        ("country", "國", "country", "countries"),
        ("day", "日", "day", "days"),
        ("drone", "架", "drone", "drones"),
        ("inspection", "次", "inspection", "inspections"),
        ("item", "案", "item", "items"),
        ("lift", "部", "lift", "lifts"),
        ("meeting", "次", "meeting", "meetings"),
        ("organisation", "個", "organisation", "organisations"),
        ("percent", "％", "%", "%"),
        ("person", "人", "person", "people"),
        ("person-time", "人次", "person-time", "person-times"),
        ("piece", "片", "piece", "pieces"),
        ("place", "處", "place", "places"),
        ("portion", "份", "set", "sets"),
        ("session", "場次", "session", "sessions"),
        ("ten-thousand-twd", "萬元", "NT$10,000", "NT$10,000"),
        ("trip", "車次", "vehicle trip", "vehicle trips"),
        ("unit", "台", "unit", "units"),
        ("vehicle", "輛", "vehicle", "vehicles"),
        ("year", "年", "year", "years"),
    )
}


def unit_label(code: str, language: str) -> str:
    """The name of a unit in a language. Raises KeyError for an unknown code."""
    return UNITS[code].label[language]


def quantity_label(value: str, code: str, language: str) -> str:
    """A number with its unit: ``5,498人``, ``5,498 people``, ``27.55%``, ``3,186.2 × NT$10,000``.

    ``value`` is a decimal text without separators; its scale is kept.
    """
    unit = UNITS[code]
    number = grouped(value)
    if language == CHINESE:
        return number + unit.chinese
    if code == "percent":
        return number + unit.singular
    if code == "ten-thousand-twd":
        return f"{number} × {unit.singular}"
    return f"{number} {unit.singular if value in ('1', '-1') else unit.plural}"


def grouped(value: str) -> str:
    """A decimal text with a comma after every three digits of its whole part: ``10800`` → ``10,800``."""
    whole, point, fraction = value.partition(".")
    return f"{int(whole):,}{point}{fraction}" if whole.lstrip("-") != "0" else value
