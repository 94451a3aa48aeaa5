"""Does every numeral and sentence of a report stand in the published records, with its proof?

``uncovered_numerals`` asks for each numeral of the report's text whether it lies inside a quote whose
``proves`` names a member (or an observation) that really holds the value; ``uncovered_sentences``, whether
some record quotes a phrase of every substantive sentence; ``unfounded_figures``, whether the figures of the
records stand in the words quoted for them. All work on documents as published, wherever they
were read from; ``from_fixtures`` builds the same from ``fixtures/``.
"""

from .coverage import Uncovered, source_problems, uncovered_numerals, uncovered_sentences
from .figures import unfounded_figures
from .fixtures import from_fixtures

__all__ = [
    "Uncovered",
    "from_fixtures",
    "source_problems",
    "uncovered_numerals",
    "uncovered_sentences",
    "unfounded_figures",
]
