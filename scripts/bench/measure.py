"""Rounds: both sides of a comparison in turns, so that what slows the machine down slows both."""

import statistics
from collections.abc import Iterator
from dataclasses import dataclass

from scripts.bench.client import Client, request
from scripts.bench.subjects import Comparison, Side

_FEWEST, _MOST = 8, 4000
_WARM_UP = 24


@dataclass(frozen=True)
class Spread:
    """The median of the rounds, and the least and the most."""

    median: float
    least: float
    most: float


@dataclass(frozen=True)
class Result:
    """Requests per second of both sides, and their quotient round by round."""

    comparison: Comparison
    portal: Spread
    other: Spread | None
    quotient: Spread | None

    @property
    def is_missed(self) -> bool:
        """Whether a target was set and the median does not reach it."""
        wanted = self.comparison.wanted
        return wanted is not None and self.quotient is not None and self.quotient.median < wanted


class _Subject:
    """A side with the requests of a round, about as many as fit into the given time."""

    def __init__(self, client: Client, side: Side, seconds: float, rounds: int) -> None:
        self._client = client
        self._status = side.status
        self._fresh: Iterator[bytes] | None = None
        if side.paths:
            self._fresh = (request(client.port, path) for path in side.paths)
            self._count = len(side.paths) // rounds
            return
        self._request = request(client.port, side.path, side.headers)
        client.seconds([self._request] * _WARM_UP, side.status)
        rate = _WARM_UP / client.seconds([self._request] * _WARM_UP, side.status)
        self._count = min(_MOST, max(_FEWEST, int(rate * seconds)))

    def rate(self) -> float:
        """Requests per second in one more round."""
        if self._fresh:
            requests = [each for _, each in zip(range(self._count), self._fresh, strict=False)]
        else:
            requests = [self._request] * self._count
        return len(requests) / self._client.seconds(requests, self._status)


def measure(client: Client, comparison: Comparison, *, rounds: int, seconds: float) -> Result:
    """Measure both sides in ``rounds`` turns of about ``seconds`` each."""
    sides = [_Subject(client, side, seconds, rounds) for side in (comparison.portal, comparison.other) if side]
    rates: list[list[float]] = [[] for _ in sides]
    for number in range(rounds):
        # Who comes second finds the machine as the first has left it.
        order = range(len(sides)) if number % 2 == 0 else reversed(range(len(sides)))
        for place in order:
            rates[place].append(sides[place].rate())
    if len(rates) == 1:
        return Result(comparison, spread(rates[0]), None, None)
    quotients = [ours / theirs for ours, theirs in zip(*rates, strict=True)]
    return Result(comparison, spread(rates[0]), spread(rates[1]), spread(quotients))


def spread(values: list[float]) -> Spread:
    """Median, least and most."""
    return Spread(statistics.median(values), min(values), max(values))
