"""The embedded engine does what every engine does."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.engines.embedded.engine import EmbeddedEngine
from tests.integration.search.contract import Contract


class TestEmbedded(Contract):
    @pytest.fixture
    def made(self, tmp_path: Path) -> Iterator[EmbeddedEngine]:
        engine = EmbeddedEngine(tmp_path / "index")
        yield engine
        engine.close()

    @pytest.fixture(scope="class")
    @classmethod
    def shared(cls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedEngine]:
        engine = EmbeddedEngine(tmp_path_factory.mktemp("index"))
        yield engine
        engine.close()
