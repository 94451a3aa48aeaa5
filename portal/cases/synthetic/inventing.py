"""Inventing cases: the same ones in every run, with values that say at once that they are invented. Pure."""

import datetime
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.cases.deadlines.counting import TAIPEI
from portal.cases.kinds import KINDS
from portal.cases.kinds.declaration import Kind
from portal.cases.kinds.fields import Field, FieldType, When
from portal.cases.synthetic.figures import PERIOD
from portal.cases.synthetic.recipes import Recipe, Slots, Way

#: Who has them: four in five are the first one's.
AGENCIES = ("consumer-office", "fengshan-office")
_INVENTED = "（合成資料）"
_TEXTS = {"phone": "07-000-0000", "email": "synthetic@example.org", "tax-id": "04595257"}
_A_DAY, _A_WEEK = datetime.timedelta(days=1), datetime.timedelta(days=7)


@dataclass(frozen=True)
class Taken:
    """A step that a case goes through, with its values."""

    transition: str
    at: datetime.datetime
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Life:
    """An invented case: its receipt, and its steps in order."""

    kind: str
    agency: str
    received_at: datetime.datetime
    values: Mapping[str, Any]
    steps: tuple[Taken, ...]


def lives(recipe: Recipe) -> Iterator[Life]:
    """The cases of a recipe, received on weekdays of the report's period."""
    chance = random.Random(f"{recipe.kind} {sorted(recipe.values.items())}")  # noqa: S311  # the same in every run
    kind, count = KINDS[recipe.kind], recipe.figure.value
    totals = {name: _split(figure.value, count) for name, figure in recipe.totals.items()}
    days = [day for day in _days() if day.weekday() < 5]
    # Slots are taken in order, so many a day.
    taken = [number * len(days) // count for number in range(count)] if recipe.slots else []
    for number in range(count):
        given = {**recipe.values, **{name: parts[number] for name, parts in totals.items()}}
        hour = datetime.time(chance.randrange(9, 16), chance.randrange(60))
        day = days[taken[number]] if recipe.slots else chance.choice(days)
        received_at = datetime.datetime.combine(day, hour, TAIPEI)
        if recipe.slots:
            given |= _reserved(recipe.slots, day + _A_WEEK, number - taken.index(taken[number]))
        yield Life(
            kind.name,
            AGENCIES[0 if recipe.slots else chance.random() > 0.8],
            received_at,
            _values(kind.receipt, given, kind.at_least_one, received_at, chance),
            tuple(_steps(kind, _way(recipe.ways, chance), given, received_at, chance)),
        )


def _reserved(slots: Slots, day: datetime.date, place: int) -> dict[str, str]:
    """What the case says that takes the slot at a place of a day. Raises IndexError if a day has not so many."""
    hour = slots.hours[place // len(slots.codes)]
    first = datetime.datetime.combine(day, datetime.time(hour), TAIPEI)
    last = first + datetime.timedelta(hours=3)
    code = slots.codes[place % len(slots.codes)]
    return {slots.field: code, "starts_at": first.isoformat(), "ends_at": last.isoformat()}


def _days() -> Iterator[datetime.date]:
    day = PERIOD.start
    while day <= PERIOD.end:
        yield day
        day += _A_DAY


def _split(total: int, parts: int) -> list[int]:
    """A total as so many whole numbers, as equal as can be."""
    return [(total * (place + 1)) // parts - (total * place) // parts for place in range(parts)]


def _way(ways: Sequence[Way], chance: random.Random) -> Way:
    return chance.choices(ways, [way.weight for way in ways])[0]


def _steps(
    kind: Kind, way: Way, given: Mapping[str, Any], received_at: datetime.datetime, chance: random.Random
) -> Iterator[Taken]:
    at = received_at
    for step in way.steps:
        at += datetime.timedelta(chance.uniform(*step.days))
        fields = kind.transitions_by_name[step.transition].fields
        yield Taken(step.transition, at, _values(fields, given, (), at, chance))


def _values(
    fields: Sequence[Field],
    given: Mapping[str, Any],
    at_least_one: Sequence[Sequence[str]],
    at: datetime.datetime,
    chance: random.Random,
) -> dict[str, Any]:
    """What is given of the fields' values, and what has to be there or is counted besides."""
    wanted = {group[0] for group in at_least_one}
    values = {}
    for field in fields:
        if field.name in given:
            values[field.name] = given[field.name]
        elif field.required or field.counted or field.name in wanted:
            values[field.name] = _value(field, at, chance)
    return values


def _value(field: Field, at: datetime.datetime, chance: random.Random) -> Any:
    match field.type:
        case FieldType.CHOICE:
            # The first ones more often.
            return field.choices[int(len(field.choices) * chance.random() ** 1.6)].code
        case FieldType.BOOLEAN:
            return chance.random() < 0.5
        case FieldType.INTEGER | FieldType.AMOUNT:
            least = field.minimum or 0
            number = chance.randint(least, min(least + 30, field.maximum or least + 30))
            return number if field.type is FieldType.INTEGER else str(100 * number)
        case FieldType.DATE:
            return at.astimezone(TAIPEI).date().isoformat()
        case FieldType.DATETIME:
            ahead = datetime.timedelta(7 if field.when in (When.FROM_RECEIPT, When.ANY) else 0)
            return (at + ahead).isoformat(timespec="minutes")
        case FieldType.TEXT:
            return _TEXTS[field.rule.name] if field.rule else f"{_INVENTED}{chance.randrange(1, 500)}號"
        case _:
            raise ValueError(f"{field.name}: a recipe has to say what is in it")
