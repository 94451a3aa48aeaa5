"""How much memory processes hold, as Linux tells it."""

import time
from pathlib import Path


def loaded_workers(process: int) -> list[str]:
    """The workers of a server that a process has started, as soon as none of them grows by what it loads any more."""
    held: list[float] = []
    while True:
        time.sleep(1)
        workers = _workers_below(process)
        now = [resident(worker) for worker in workers]
        if now and now == held:
            return workers
        held = now


def _workers_below(process: int) -> list[str]:
    """The processes of a server's workers: children of a child of this process."""
    parents = {path.parent.name: _parent(path) for path in Path("/proc").glob("[0-9]*/stat")}
    masters = {pid for pid, parent in parents.items() if parent == str(process)}
    return [pid for pid, parent in parents.items() if parent in masters]


def _parent(stat: Path) -> str:
    try:
        return stat.read_text().rpartition(")")[2].split()[1]
    except OSError:
        return ""


def resident(process: str) -> float:
    """Megabytes of memory that a process holds now."""
    return _status(process, "VmRSS")


def peak(process: str) -> float:
    """Megabytes of memory that a process held at most."""
    return _status(process, "VmHWM")


def _status(process: str, name: str) -> float:
    lines = Path("/proc", process, "status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) / 1024
