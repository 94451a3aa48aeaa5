"""Does every numeral and sentence of a report stand in the published records, with its proof?

``uncovered_numerals`` asks for each numeral of the report's text whether it lies inside a quote whose
``proves`` names a member (or an observation) that really holds the value; ``uncovered_sentences``, whether
some record quotes a phrase of every substantive sentence. Both work on documents as published, wherever they
were read from; ``from_fixtures`` builds the same from ``fixtures/``.
"""

from .coverage import Uncovered, source_problems, uncovered_numerals, uncovered_sentences
from .fixtures import from_fixtures

__all__ = [
    "Uncovered",
    "from_fixtures",
    "source_problems",
    "uncovered_numerals",
    "uncovered_sentences",
]
