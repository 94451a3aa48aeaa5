"""The embedded index on disk: builds, locks, other processes, and files that are not what they should be."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import tantivy

from scripts.bench.corpus import entries, key_of, small
from search.engines.base import EntryData, Gone, Missing, Unavailable
from search.engines.embedded import engine as embedded
from search.engines.embedded.engine import EmbeddedEngine
from search.engines.embedded.faults import guarded
from search.engines.embedded.folders import Folders
from tests.integration.search.contract import LISTED, build


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "search"


@pytest.fixture
def engine(root: Path) -> EmbeddedEngine:
    made = EmbeddedEngine(root)
    build(made, [small(1)])
    return made


def builds(root: Path) -> list[Path]:
    return [path for path in root.iterdir() if path.is_dir()]


def test_each_build_has_an_identity_of_its_own(engine: EmbeddedEngine, root: Path) -> None:
    identities = {engine.identity()}
    for _ in range(3):
        build(engine, [small(1)])
        identities.add(engine.identity())
    assert len(identities) == 4
    assert EmbeddedEngine(root).identity() == engine.identity()


def test_the_build_before_is_kept_and_no_other(engine: EmbeddedEngine, root: Path) -> None:
    before = Folders(root).current().folder
    build(engine, [small(1)])
    current = Folders(root).current().folder
    assert set(builds(root)) == {before, current}
    build(engine, [small(1)])
    assert set(builds(root)) == {current, Folders(root).current().folder}


def test_a_second_engine_sees_each_change(engine: EmbeddedEngine, root: Path) -> None:
    other = EmbeddedEngine(root)
    for turn in range(3):
        engine.write([small(turn + 10)], [])
        assert other.search(LISTED).count == turn + 2
    build(engine, entries(7))
    assert other.search(LISTED).count == 7


def test_a_search_goes_on_in_a_build_that_is_removed(engine: EmbeddedEngine, root: Path) -> None:
    other = EmbeddedEngine(root)
    other.search(LISTED)
    for number in range(4):
        build(engine, entries(number + 5))
        assert other.search(LISTED).count == number + 5


def test_a_write_waits_for_another_and_gives_up(engine: EmbeddedEngine, root: Path, monkeypatch) -> None:
    monkeypatch.setattr(embedded, "PATIENCE", 0.05)
    with Folders(root).writing(1), pytest.raises(Unavailable):
        engine.write([small(2)], [])
    engine.write([small(2)], [])
    assert engine.search(LISTED).count == 2


def test_one_rebuild_at_a_time(engine: EmbeddedEngine) -> None:
    def entries_that_rebuild(_held: object) -> Iterator[EntryData]:
        with pytest.raises(Unavailable):
            build(engine, [])
        yield small(5)

    engine.rebuild(entries_that_rebuild, lambda _: None)
    assert engine.search(LISTED).count == 1


def test_a_pointer_to_nothing(engine: EmbeddedEngine, root: Path) -> None:
    shutil.rmtree(Folders(root).current().folder)
    for act in (lambda: engine.search(LISTED), engine.identity, lambda: engine.write([small(1)], [])):
        with pytest.raises(Missing):
            act()
    build(engine, [small(3)])
    assert engine.search(LISTED).count == 1


@pytest.mark.parametrize("pointer", ["", "../../etc", "current", "x" * 5000])
def test_a_pointer_that_names_no_build(engine: EmbeddedEngine, root: Path, pointer: str) -> None:
    (root / "current").write_text(pointer)
    with pytest.raises(Missing):
        engine.search(LISTED)


def test_an_index_with_other_fields_is_none(engine: EmbeddedEngine, root: Path) -> None:
    folder = Folders(root).current().index
    shutil.rmtree(folder)
    folder.mkdir()
    other = tantivy.SchemaBuilder()
    other.add_text_field("title")
    tantivy.Index(other.build(), str(folder))
    for act in (lambda: engine.search(LISTED), engine.identity, lambda: engine.write([small(1)], [])):
        with pytest.raises(Missing):
            act()


@pytest.mark.parametrize("left", [0, 10, 200])
def test_damaged_files(root: Path, left: int) -> None:
    writing = EmbeddedEngine(root)
    build(writing, entries(50))
    for path in Folders(root).current().index.iterdir():
        if not path.name.startswith("."):
            path.write_bytes(path.read_bytes()[:left])
    engine = EmbeddedEngine(root)
    for act in (lambda: engine.search(LISTED), engine.identity, lambda: engine.write([small(1)], [])):
        with pytest.raises(Unavailable):
            act()
    build(engine, entries(4))
    assert engine.search(LISTED).count == 4


def test_a_directory_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises((Unavailable, OSError)):
        build(EmbeddedEngine(tmp_path / "file"), [])
    with pytest.raises(Unavailable):
        EmbeddedEngine(tmp_path / "file").search(LISTED)


def test_a_panic_is_unavailable(engine: EmbeddedEngine) -> None:
    with pytest.raises(Unavailable), guarded():
        engine._reader.searcher().search(tantivy.Query.all_query(), limit=0)
    assert engine.search(LISTED).count == 1


@pytest.mark.parametrize("raised", [KeyboardInterrupt, SystemExit, RuntimeError])
def test_what_is_no_fault_of_the_index_goes_through(raised: type[BaseException]) -> None:
    with pytest.raises(raised), guarded():
        raise raised


def test_a_document_that_is_none_changes_nothing(engine: EmbeddedEngine) -> None:
    for source in ("", "[]", '{"key": "x"}', '{"key": -1}', '{"recency": "much"}'):
        with pytest.raises(Unavailable) as caught:
            engine.write([small(2), EntryData(9, "page:9", 1, source)], [Gone(key_of(1), "", 99)])
        assert list(engine.keys()) == [(key_of(1), 1)]
        # Whoever keeps the error does not keep the writer.
        engine.write([], [Gone(key_of(50), "", 1)])
        assert caught.value


# Other processes

_WRITING = """
import sys
from pathlib import Path
from search.engines.embedded.engine import EmbeddedEngine
from scripts.bench.corpus import entries
engine, first = EmbeddedEngine(Path(sys.argv[1])), int(sys.argv[2])
while True:
    print("begin", first, flush=True)
    engine.write(list(entries(20, first=first)), [])
    first += 20
    print("done", first, flush=True)
"""
_REBUILDING = """
import sys
from pathlib import Path
from search.engines.embedded.engine import EmbeddedEngine
from scripts.bench.corpus import entries
def told(held):
    for number, entry in enumerate(entries(100_000)):
        if number == 300:
            print("begin", flush=True)
        yield entry
EmbeddedEngine(Path(sys.argv[1])).rebuild(told, lambda _: None)
"""


def running(program: str, *arguments: str) -> subprocess.Popen:
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[4])


def test_a_killed_writer_loses_nothing_that_was_committed(root: Path) -> None:
    engine = EmbeddedEngine(root)
    build(engine, [])
    written = 0
    for turn in range(8):
        process = running(_WRITING, str(root), str(written))
        assert process.stdout is not None
        committed = written
        for line in process.stdout:
            word, number = line.split()
            if word == "done":
                committed = int(number)
                # What another process has committed is found at once, while it goes on writing.
                assert engine.search(LISTED).count >= committed
            elif int(number) >= written + 40:
                # At some other place of the next batch each time.
                time.sleep(turn * 0.007)
                process.kill()
                break
        committed = max([committed, *(int(line.split()[1]) for line in process.stdout if line.startswith("done"))])
        process.wait()
        found = set(dict(engine.keys()))
        written = len(found)
        # All that was committed, and of the batch that was under way all or nothing.
        assert written in (committed, committed + 20)
        assert found == {key_of(index) for index in range(written)}
        assert engine.search(LISTED).count == written
    engine.write(list(entries(20, first=written)), [])
    assert engine.search(LISTED).count == written + 20


def test_a_killed_rebuild_leaves_the_index_and_is_cleared_away(engine: EmbeddedEngine, root: Path) -> None:
    identity = engine.identity()
    process = running(_REBUILDING, str(root))
    assert process.stdout is not None
    assert process.stdout.readline() == "begin\n"
    engine.write([small(2)], [])
    process.kill()
    process.wait()
    assert (root / "building").exists()
    assert engine.search(LISTED).count == 2
    engine.write([small(3)], [])
    assert not (root / "building").exists()
    assert engine.search(LISTED).count == 3
    assert engine.identity() == identity
    build(engine, entries(5))
    assert engine.search(LISTED).count == 5
    assert len(builds(root)) == 2
