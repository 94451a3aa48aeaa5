"""What of a batch is done, whatever was done before."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from search.engines.base import EntryData, Gone
from search.engines.embedded import versions
from search.engines.embedded.versions import decided, read_back, recorded, remember, remembered

KEYS, SEQS = st.integers(1, 4), st.integers(0, 9)
CHANGES = st.lists(
    st.one_of(st.builds(EntryData, KEYS, st.just("page:x"), SEQS, st.text()), st.builds(Gone, KEYS, st.just(""), SEQS))
)


@given(st.lists(CHANGES))
def test_batches_do_what_single_changes_do(batches: list) -> None:
    held, gone = {}, {}
    alone: dict[int, EntryData | Gone] = {}
    kept: dict[int, EntryData] = {}
    for batch in batches:
        decision = decided(batch, held, gone)
        assert not set(decision.put) & set(decision.gone)
        for key in decision.gone:
            held.pop(key, None)
            kept.pop(key, None)
        gone |= {key: one.seq for key, one in decision.gone.items()}
        held |= {key: one.seq for key, one in decision.put.items()}
        kept |= decision.put
        for change in batch:
            if change.seq >= getattr(alone.get(change.key), "seq", 0):
                alone[change.key] = change
    assert kept == {key: change for key, change in alone.items() if isinstance(change, EntryData)}


@given(CHANGES)
def test_recorded_changes_are_read_back(tmp_path_factory, changes: list) -> None:
    path = tmp_path_factory.mktemp("changes") / "changes.jsonl"
    path.write_text(recorded(changes))
    assert list(read_back(path)) == changes


def test_the_latest_of_what_is_gone_are_remembered(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(versions, "REMEMBERED", 3)
    path = tmp_path / "gone.json"
    assert remembered(path) == {}
    remember(path, {}, [Gone(key, "", 10 - key) for key in range(1, 6)])
    assert remembered(path) == {1: 9, 2: 8, 3: 7}
    remember(path, remembered(path), [Gone(7, "", 20)])
    assert remembered(path) == {1: 9, 2: 8, 7: 20}
