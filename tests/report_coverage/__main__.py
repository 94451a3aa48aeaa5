"""Print what of a report the fixtures leave uncovered.

``python -m tests.report_coverage FIXTURES_DIR REPORT_FILE``
"""

import sys
from pathlib import Path

from . import from_fixtures, source_problems, uncovered_numerals, uncovered_sentences, unfounded_figures


def main(arguments: list[str]) -> int:
    """Print problems of sources, uncovered numerals and uncovered sentences; 1 if there are any."""
    if len(arguments) != 2:
        print("usage: python -m tests.report_coverage FIXTURES_DIR REPORT_FILE", file=sys.stderr)
        return 2
    text = Path(arguments[1]).read_text(encoding="utf-8")
    documents, observations = from_fixtures(arguments[0])
    problems = source_problems(text, documents, observations)
    problems += unfounded_figures(text, documents, observations)
    numerals = uncovered_numerals(text, documents, observations)
    sentences = uncovered_sentences(text, documents)

    def line(position: int) -> int:
        return text.count("\n", 0, position) + 1

    print(f"## {len(problems)} problems in sources")
    print(*problems, sep="\n")
    print(f"\n## {len(numerals)} numerals uncovered (line: context – reason)")
    for numeral in numerals:
        print(f"{line(numeral.position)}: {numeral.context} – {numeral.reason}")
    print(f"\n## {len(sentences)} sentences of which nothing is quoted")
    for sentence in sentences:
        print(f"{line(sentence.start)}: {sentence.text}")
    print(f"\n{len(documents)} records, {sum(map(len, observations.values()))} observations")
    return 1 if problems or numerals or sentences else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
