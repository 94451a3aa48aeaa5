"""What invented cases of each kind are like, and which figures of the half-year report their numbers come to.

A kind is added by one recipe here for each figure; all that is not said follows from the kind's declaration
(`inventing`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.cases.kinds import KINDS
from portal.cases.kinds.consumer_complaint import FIRST, MEDIATION, SECOND
from portal.cases.synthetic.figures import Cell, Figure


@dataclass(frozen=True)
class Step:
    """A transition that a case goes through, so many days at least and at most after the step before."""

    transition: str
    days: tuple[float, float]


@dataclass(frozen=True)
class Way:
    """The steps of so many cases in a hundred; none, where they are open still."""

    weight: int
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Slots:
    """Rooms or vehicles that cases reserve, none twice at a time: by their codes and the type and facility that they
    are of, some times a day, each from the begin of its hours. A case reserves one a week after its receipt.
    """

    field: str
    type: str
    codes: tuple[str, ...]
    facility: str = ""
    hours: tuple[int, ...] = (9,)


@dataclass(frozen=True, eq=False)
class Recipe:
    """Cases of a kind, a thing of its own, as many as ``figure`` says; ``values`` are the same in all of them.

    ``totals`` name integer fields, and what they come to over all cases: those are closed in the period, then, so each
    of the ways has its last step on the day of receipt. Cases with ``slots`` are of the first agency, which lends them.
    """

    kind: str
    figure: Figure
    ways: tuple[Way, ...]
    values: Mapping[str, Any] = field(default_factory=dict)
    totals: Mapping[str, Figure] = field(default_factory=dict)
    slots: Slots | None = None


def _complaints(stage: str) -> Figure:
    return Figure((Cell("consumer-cases-2022h1", "cases", {"stage": stage}),))


_FORWARD, _ANSWER = Step("forward", (0.1, 3)), Step("answer", (2, 12))
_SETTLE = Step("settle", (0.5, 6))


def _uses(facility: str) -> Figure:
    return Figure((Cell("facility-use-2022h1", "sessions", {"facility": facility}),))


_TRIPS = Cell("vehicle-dispatch-2022h1", "trips", {"user": "all"})
_LENT = Cell("vehicle-dispatch-2022h1", "trips", {"user": "other-agencies"})
_USED = (Way(94, (Step("confirm", (0.5, 3)), Step("use", (8, 9)))), Way(6, (Step("confirm", (0.5, 3)),)))
_DRIVEN = (Way(96, (Step("dispatch", (0.1, 3)), Step("return", (8, 9)))), Way(4, (Step("dispatch", (0.1, 3)),)))
_THE_SAME_DAY = (0.05, 0.2)
_ASK, _COMPLETE = Step("request-supplement", (0.1, 2)), Step("supplement", (1, 9))

_ALL = (
    Recipe(
        "consultation",
        _complaints("consultation"),
        (Way(97, (Step("answer", (0.01, 0.1)),)), Way(3)),
    ),
    Recipe(
        "consumer-complaint",
        _complaints(FIRST),
        (
            Way(52, (_FORWARD, _ANSWER, _SETTLE)),
            Way(20, (_FORWARD, _ANSWER, Step("fail", (1, 10)))),
            Way(8, (_ASK, _COMPLETE, _FORWARD, _ANSWER, _SETTLE)),
            Way(7, (_FORWARD, Step("withdraw", (1, 8)))),
            Way(6, (Step("decline", (0.1, 4)),)),
            Way(3, (Step("transfer", (0.1, 3)),)),
            Way(2, (_FORWARD, _ANSWER)),
            Way(1, (_FORWARD,)),
            Way(1),
        ),
        {"stage": FIRST},
    ),
    Recipe(
        "consumer-complaint",
        _complaints(SECOND),
        (
            Way(45, (_FORWARD, _ANSWER, Step("negotiate", (1, 9)), _SETTLE)),
            Way(40, (_FORWARD, Step("negotiate", (2, 14)), Step("fail", (5, 20)))),
            Way(10, (_FORWARD, Step("withdraw", (1, 8)))),
            Way(5, (_FORWARD,)),
        ),
        {"stage": SECOND},
    ),
    Recipe(
        "consumer-complaint",
        _complaints(MEDIATION),
        (
            Way(55, (Step("arrange-hearing", (3, 12)), Step("settle", (10, 25)))),
            Way(35, (Step("arrange-hearing", (3, 12)), Step("fail", (10, 25)))),
            Way(10, (Step("arrange-hearing", (3, 12)),)),
        ),
        {"stage": MEDIATION},
    ),
    Recipe(
        "maintenance",
        Figure((Cell("facility-use-2022h1", "repairs", {"facility": "buildings"}),)),
        (
            Way(88, (Step("dispatch", (0.1, 2)), Step("accept", (0.5, 9)))),
            Way(5, (Step("dispatch", (0.1, 2)), Step("dispatch", (1, 4)), Step("accept", (0.5, 9)))),
            Way(4, (Step("drop", (0.1, 2)),)),
            Way(2, (Step("dispatch", (0.1, 2)),)),
            Way(1),
        ),
    ),
    Recipe(
        "inspection",
        Figure((Cell("consumer-inspections-2022h1", "inspections"),)),
        (Way(1, (Step("conform", _THE_SAME_DAY),)),),
        totals={
            "rounds": Figure((Cell("consumer-inspections-2022h1", "inspections"),)),
            "shops": Figure((Cell("consumer-inspections-2022h1", "businesses"),)),
        },
    ),
    Recipe(
        "clinic-session",
        Figure((Cell("consumer-outreach-2022h1", "sessions", {"service": "debt-clinic"}),)),
        (Way(1, (Step("hold", _THE_SAME_DAY),)),),
        {"service": "debt-clinic"},
        totals={"visitors": Figure((Cell("consumer-outreach-2022h1", "attendance", {"service": "debt-clinic"}),))},
    ),
    Recipe(
        "venue-booking",
        _uses("venues"),
        _USED,
        {"facility": "venues", "audience": "public"},
        slots=Slots("venue", "venue", ("siwei-plaza", "fengshan-plaza"), "venues", (9, 14)),
    ),
    Recipe(
        "venue-booking",
        _uses("meeting-rooms"),
        _USED,
        {"facility": "meeting-rooms", "audience": "invited"},
        slots=Slots(
            "venue", "venue", tuple(f"siwei-room-{number}" for number in range(1, 7)), "meeting-rooms", (9, 13, 16)
        ),
    ),
    Recipe(
        "vehicle-dispatch",
        Figure((_TRIPS,), less=(_LENT,)),
        _DRIVEN,
        {"user": "department"},
        slots=Slots("vehicle", "vehicle", tuple(f"car-{number}" for number in range(1, 6)), hours=(9,)),
    ),
    Recipe(
        "vehicle-dispatch",
        Figure((_LENT,)),
        _DRIVEN,
        {"user": "other-agencies"},
        slots=Slots("vehicle", "vehicle", ("car-6",), hours=(9,)),
    ),
)

#: Those of the kinds that this portal has.
RECIPES = tuple(recipe for recipe in _ALL if recipe.kind in KINDS)
