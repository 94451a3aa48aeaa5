"""``manage.py search``: rebuild, check and status of the search indexes."""

import functools
import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search import keeping
from search.engines.base import Engine, Unavailable

_BAR = 40


class Command(BaseCommand):
    """Each action is for every engine that is configured, or for the one that ``--engine`` names."""

    help = "Rebuild, check or describe the search indexes."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        rebuild = actions.add_parser("rebuild", help="build the index anew beside the one in use, then swap")
        check = actions.add_parser("check", help="compare the index with the current records")
        status = actions.add_parser("status", help="position, lag, documents, engine")
        for action in (rebuild, check):
            action.add_argument("--engine", choices=("elasticsearch", "embedded"))
        check.add_argument("--repair", action="store_true", help="mend what differs")
        status.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['action']}")(options)
        except Unavailable as fault:
            raise CommandError(f"The engine is not available: {fault}") from None
        except LookupError:
            raise CommandError("This engine is not configured here.") from None

    def _rebuild(self, options: dict[str, Any]) -> None:
        for engine in keeping.engines(options["engine"]):
            keeping.rebuild(engine, functools.partial(self._bar, engine.name))
            self.stderr.write("")
            self.stdout.write(f"{engine.name}: rebuilt as {engine.identity()}")

    def _check(self, options: dict[str, Any]) -> None:
        different = [engine.name for engine in keeping.engines(options["engine"]) if self._differs(engine, options)]
        if different:
            raise CommandError(f"Different from the current records: {', '.join(different)}")

    def _status(self, options: dict[str, Any]) -> None:
        found = keeping.statuses()
        if options["json"]:
            self.stdout.write(json.dumps([asdict(status) | {"lag": status.lag} for status in found]))
            return
        for status in found:
            state = f"problem: {status.problem}" if status.problem else "in order"
            self.stdout.write(
                f"{status.engine}: index {status.index or '?'}, {_shown(status.documents)} documents, "
                f"position {_shown(status.position)} of {status.head}, lag {_shown(status.lag)}, {state}"
            )

    def _differs(self, engine: Engine, options: dict[str, Any]) -> bool:
        found = keeping.differences(engine)
        if found and options["repair"]:
            keeping.repair(engine, found)
            found = keeping.differences(engine)
        for kind, uids in (("missing", found.missing), ("surplus", found.surplus), ("older", found.older)):
            if uids:
                self.stdout.write(f"{engine.name}: {len(uids)} {kind}: {' '.join(uids[:20])}")
        if not found:
            self.stdout.write(f"{engine.name}: as the current records")
        return bool(found)

    def _bar(self, name: str, done: int, total: int) -> None:
        filled = _BAR * done // total if total else _BAR
        self.stderr.write(f"\r{name} [{'#' * filled}{'.' * (_BAR - filled)}] {done}/{total}", ending="")


def _shown(number: int | None) -> str:
    return "?" if number is None else str(number)
