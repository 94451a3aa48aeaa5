"""The table of variants is what OpenCC's data give."""

from scripts.variants import TABLE, table


def test_the_table_is_up_to_date() -> None:
    assert TABLE.read_text(encoding="utf-8") == table()
