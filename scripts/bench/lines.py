"""What was measured and is judged, as rows of a table."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """A row of the table: what was measured, both sides as they are shown, the value that is judged and its target."""

    name: str
    portal: str
    other: str
    value: float
    unit: str
    target: float
    at_least: bool

    @property
    def is_missed(self) -> bool:
        """Whether the target is not reached."""
        return self.value < self.target if self.at_least else self.value > self.target

    def cells(self) -> tuple[str, ...]:
        """The row."""
        from scripts.bench.report import number

        sign = "≥" if self.at_least else "≤"
        return (
            self.name,
            self.portal,
            self.other,
            f"{number(self.value)}{self.unit}",
            f"{sign} {self.target:g}{self.unit}",
            "no" if self.is_missed else "yes",
        )


def rendered(lines: Sequence[Line]) -> str:
    """The table."""
    from scripts.bench.report import table

    return table(("what", "portal", "beside it", "measured", "target", "reached"), (line.cells() for line in lines))


def verdict(lines: Sequence[Line]) -> str:
    """Which targets are not reached."""
    missed = [line.name for line in lines if line.is_missed]
    return f"Not reached: {'; '.join(missed)}." if missed else "Every target is reached."
