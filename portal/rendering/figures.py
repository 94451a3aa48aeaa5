"""What a reader is told beside a figure that its dataset does not have so any more."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.publication.citations import figures_of
from portal.rendering.quantities import Number, number
from portal.statistics.figures import Difference

#: The differences of a record's figures, by dataset and key.
Corrections = Mapping[tuple[str, str], Difference]


@dataclass(frozen=True)
class Correction:
    """A cited figure that was corrected: the number as the record has it, the number that the dataset has now, if any,
    and where that stands. ``is_gone`` says that the dataset has no such figure any more, ``is_withdrawn`` that it is
    not public itself.
    """

    cited: Number | None
    now: Number | None
    url: Mapping[str, str] | None
    is_gone: bool
    is_withdrawn: bool


def by_figure(differences: Iterable[Difference]) -> Corrections:
    """Differences by dataset and key."""
    return {(each.cited["dataset"], each.cited["key"]): each for each in differences}


def corrections_of(block: Mapping[str, Any], corrections: Corrections, language: str) -> Sequence[Correction]:
    """What to say beside a block of a ready record, figure by figure."""
    found = []
    for figure in figures_of(block):
        difference = corrections.get((figure["dataset"], figure["key"]))
        if difference is not None:
            now = difference.now
            found.append(
                Correction(
                    cited=number(figure["value"], figure["unit"], language),
                    now=number(now["value"], now["unit"], language) if now else None,
                    url=figure["url"],
                    is_gone=difference.is_public and now is None,
                    is_withdrawn=not difference.is_public,
                )
            )
    return found
