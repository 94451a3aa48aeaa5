"""The command line of `scripts/elasticsearch`."""

import argparse
import os
import shlex
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from types import FrameType
from typing import NoReturn

from scripts.elastic import distribution, places
from scripts.elastic.node import Node, unused_port
from scripts.elastic.problems import Problem

_PORT = 9200


def main() -> int:
    """Do what the arguments say; the exit code."""
    options = _parser().parse_args()
    try:
        return int(options.action(options))
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/elasticsearch",
        description=f"An Elasticsearch {distribution.VERSION}, for tests and for trying things out.",
    )
    actions = parser.add_subparsers(required=True)
    fetch = actions.add_parser("fetch", help="download it into the cache, where that has not been done")
    fetch.set_defaults(action=_fetch)
    start = actions.add_parser("start", help="start it, and print the portal's variables that name it")
    start.add_argument("--port", type=int, default=_PORT, help="its port; several can run (%(default)s)")
    start.set_defaults(action=_start)
    stop = actions.add_parser("stop", help="stop it, and keep its data")
    stop.add_argument("--port", type=int, default=_PORT, help="the port it was started on (%(default)s)")
    stop.add_argument("--all", action="store_true", help="all that were started, on whichever port")
    stop.add_argument("--kill", action="store_true", help="end the process by force")
    stop.add_argument("--remove", action="store_true", help="delete its data as well")
    stop.set_defaults(action=_stop)
    status = actions.add_parser("status", help="what runs; the exit code is 3 where nothing does")
    status.set_defaults(action=_status)
    run = actions.add_parser("run", help="run a command with an Elasticsearch that is gone afterwards")
    run.add_argument("command", nargs=argparse.REMAINDER, metavar="COMMAND")
    run.set_defaults(action=_run)
    for each in (start, run):
        each.add_argument("--secure", action="store_true", help="with TLS, a certificate authority and a password")
    return parser


def _fetch(options: argparse.Namespace) -> int:
    print(distribution.fetch())
    return 0


def _start(options: argparse.Namespace) -> int:
    node = Node(places.nodes() / str(options.port))
    node.start(options.port, secure=options.secure)
    for name, value in node.environment().items():
        print(f"export {name}={shlex.quote(value)}")
    return 0


def _stop(options: argparse.Namespace) -> int:
    for node in _known("[0-9]*" if options.all else str(options.port)):
        if node.stop(force=options.kill):
            print(f"Stopped the server on port {node.port}.", file=sys.stderr)
        if options.remove:
            node.remove()
    return 0


def _status(options: argparse.Namespace) -> int:
    running = [(node, pid) for node in _known() if (pid := node.pid()) is not None]
    for node, pid in running:
        print(f"{node.environment()['ELASTICSEARCH_URL']}  process {pid}  {node.folder}")
    if not running:
        print("Nothing runs.")
    return 0 if running else 3


def _known(name: str = "*") -> list[Node]:
    """Those with a folder of such a name: its port, or ``run-…`` where a command runs with it."""
    return [Node(port.parent) for port in sorted(places.nodes().glob(f"{name}/port"))]


def _run(options: argparse.Namespace) -> int:
    """Run the command; its exit code. The server ends with it, and when this process is told to end."""
    if not options.command:
        raise Problem("Which command?")
    signal.signal(signal.SIGTERM, _end)
    with tempfile.TemporaryDirectory(dir=places.nodes(), prefix="run-") as folder:
        node = Node(Path(folder))
        try:
            node.start(unused_port(), secure=options.secure)
            environment = {name: value for name, value in os.environ.items() if not name.startswith("ELASTICSEARCH_")}
            return subprocess.run(options.command, env=environment | node.environment()).returncode
        except KeyboardInterrupt:
            return 130
        finally:
            node.stop(force=True)


def _end(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt
