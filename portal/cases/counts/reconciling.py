"""Do published figures agree with the cases? Pure.

What is compared is what was published against the counts as they are now, of every case, small counts too; and each
published total against the sum of what was published of its parts.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from portal.cases.counts.counting import Counts
from portal.cases.counts.grouping import Codes
from portal.cases.counts.tabulating import TOTAL, Dimension, Measure, tabulated

#: Measures whose parts do not add up.
_RATIOS = frozenset({Measure.IN_TIME_SHARE, Measure.MEDIAN_DAYS})


@dataclass(frozen=True)
class Published:
    """A figure as it stands in a published table; ``value`` is None where it is not shown."""

    measure: str
    codes: Codes
    value: Decimal | None


@dataclass(frozen=True)
class Reconciled:
    """A published figure beside what is counted now (None where there is nothing to take a share of), and, of a total
    whose parts along one dimension are all shown, the sums of these parts.
    """

    published: Published
    counted: Decimal | None
    sums: tuple[Decimal, ...]

    @property
    def is_hidden(self) -> bool:
        """Whether the figure is not shown, so that there is nothing to compare."""
        return self.published.value is None

    @property
    def agrees(self) -> bool:
        """Whether what is shown is what is counted, and the sum of its parts."""
        shown = self.published.value
        return shown is None or (shown == self.counted and all(each == shown for each in self.sums))


def reconciled(published: Iterable[Published], counts: Counts, dimensions: Sequence[Dimension]) -> Iterator[Reconciled]:
    """The figures of one month of a published table, each beside the counts. Raises `CodeMissing` as `tabulated`."""
    figures = tabulated(counts, dimensions, threshold=0)
    now = {(figure.measure, figure.codes): figure.value for figure in figures}
    shown = {(each.measure, each.codes): each for each in published}
    for key, each in shown.items():
        yield Reconciled(each, now.get(key), tuple(_sums(each, shown, dimensions)))


def _sums(
    figure: Published, shown: Mapping[tuple[str, Codes], Published], dimensions: Sequence[Dimension]
) -> Iterator[Decimal]:
    if figure.measure in _RATIOS:
        return
    for place, dimension in enumerate(dimensions):
        if figure.codes[place] != TOTAL:
            continue
        parts = [
            shown.get((figure.measure, (*figure.codes[:place], code, *figure.codes[place + 1 :])))
            for code in dimension.axis.codes
        ]
        values = [part.value for part in parts if part is not None and part.value is not None]
        if len(values) == len(parts):
            yield sum(values, Decimal(0))
