"""The digest names the content, and only the content."""

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from portal.statistics.csvtable import parse_csv
from portal.statistics.digest import table_digest
from portal.statistics.structure import Dimension, Structure
from tests.unit.statistics.tables import CSV, STRUCTURE, tables


def reordered(structure: Structure, place: int, *codes: str) -> Structure:
    dimensions = list(structure.dimensions)
    dimensions[place] = Dimension(dimensions[place].code, codes)
    return Structure(tuple(dimensions), structure.measures)


def test_the_digest_is_what_it_was():
    rows = parse_csv(CSV, STRUCTURE)
    assert table_digest(rows, STRUCTURE) == "88785e963cdc307cd7cb0fa30f8ad702aaad679c1dda1e710e499a4049dfbece"


@given(tables(), st.randoms())
def test_the_order_of_rows_is_not_content(rows, random):
    digest = table_digest(rows, STRUCTURE)
    random.shuffle(rows)
    assert table_digest(rows, STRUCTURE) == digest


@given(tables(max_size=5), st.data())
def test_every_member_is_content(rows, data):
    place = data.draw(st.integers(0, len(rows) - 1))
    member, value = data.draw(
        st.sampled_from(
            [
                ("value", "1.0"),
                ("value", "1.00"),
                ("value", None),
                ("status", "revised"),
                ("note_zh_hant", "另註"),
                ("period", "2019"),
            ]
        )
    )
    assume(getattr(rows[place], member) != value)
    changed = [*rows[:place], replace(rows[place], **{member: value}), *rows[place + 1 :]]
    assert table_digest(changed, STRUCTURE) != table_digest(rows, STRUCTURE)


def test_the_order_of_used_codes_is_content_and_unused_codes_are_not():
    rows = parse_csv(CSV, STRUCTURE)
    digest = table_digest(rows, STRUCTURE)
    assert table_digest(rows, reordered(STRUCTURE, 0, "temporary", "workers")) != digest
    assert table_digest(rows, reordered(STRUCTURE, 0, "new", "workers", "temporary", "newer")) == digest
