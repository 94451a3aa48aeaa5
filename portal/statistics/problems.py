"""What is wrong with a table, told at its line and column."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem.

    ``line`` counts from 1 as an editor counts, 0 is the whole file; ``column`` is the column's name, None where it is
    the whole line.
    """

    line: int
    column: str | None
    text: str | Promise
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """What is wrong, in the active language, without the place."""
        return str(self.text) % self.params

    def __str__(self) -> str:
        if self.line == 0:
            return self.message
        place = {"line": self.line, "column": self.column, "message": self.message}
        if self.column is None:
            return _("Line %(line)s: %(message)s") % place
        return _("Line %(line)s, %(column)s: %(message)s") % place


class TableProblems(ValueError):
    """A table that cannot be taken, with every problem found.

    ``str()`` gives one problem per line in the active language.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)
