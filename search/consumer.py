"""The consumers that feed the engines from the log, one for each engine of this host."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.core.canonical import sha256_hex
from portal.publication.consumers import Follower
from portal.publication.models import LogRow
from search import entries
from search.engines import choosing
from search.engines.base import Engine, Missing


@dataclass(frozen=True)
class EngineConsumer:
    """Follows the log for an engine. Its position belongs to the index that the engine has now: an index that was lost
    or replaced begins at the log's beginning.
    """

    engine: Engine
    batch: int = 200

    @property
    def label(self) -> str:
        """What people call it."""
        return f"search-{self.engine.name}"

    @property
    def name(self) -> str:
        """The name of its position. Raises `Unavailable` where the engine is away."""
        return f"{self.label}-{sha256_hex(self.engine.identity().encode())[:12]}"

    def prepare(self) -> str:
        """Build the index from the entries where there is none, or one that another version of the portal made; the
        name of its position.
        """
        try:
            return self.name
        except Missing:
            self.engine.rebuild(entries.everything, lambda _done: None)
            return self.name

    def handle(self, rows: Sequence[LogRow]) -> None:
        """Index what these rows changed, and take out what they withdrew or redacted."""
        changed, gone = entries.bring_up(rows)
        self.engine.write(changed, gone)


def followers() -> Iterable[Follower]:
    """The consumers of the engines that are configured."""
    return [EngineConsumer(engine) for engine in choosing.engines()]
