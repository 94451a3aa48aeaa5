"""`make run`: prepares the portal, then runs web process, log's consumers and delivery of webhooks side by side.

All end together: on Ctrl-C, on a TERM signal, or when one of them ends by itself.
"""

import os
import signal
import subprocess
import sys
import time

import django

_GRACE_SECONDS = 10
#: What the web process's memory allocator is told. Left to itself, glibc keeps a heap for each thread, in which what
#: one large answer freed is not found by the next.
ALLOCATOR = {"MALLOC_ARENA_MAX": "2"}


def main() -> int:
    """Prepare and serve until told to stop; returns the exit code of what ended by itself, or 0."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    from scripts.preparation import prepare

    prepare()
    port, bind = os.environ.get("PORT", "8000"), os.environ.get("BIND", "127.0.0.1")
    os.environ.update(ALLOCATOR | os.environ)
    print(greeting(port), flush=True)
    beside = (["follow"], ["webhooks", "deliver"])
    return together([web(port, bind), *([sys.executable, "manage.py", *command] for command in beside)])


def web(port: str, bind: str) -> list[str]:
    """The command line of the web process."""
    return [
        *(sys.executable, "-m", "gunicorn", "portal.wsgi:application", "--bind", f"{bind}:{port}"),
        *("--worker-class", "gthread", "--workers", "2", "--threads", "8", "--keep-alive", "65"),
        *("--max-requests", "20000", "--max-requests-jitter", "2000", "--log-level", "warning"),
        "--no-control-socket",
    ]


def greeting(port: str) -> str:
    """What someone needs to know who sees this for the first time."""
    address = f"http://localhost:{port}"
    return f"""
  site     {address}/         English: {address}/en/
  API      {address}/api/v1/  described at {address}/api/docs/
  editing  {address}/admin/

An account for editing:  .venv/bin/python manage.py create_editor NAME [--moderator]
An administrator:        .venv/bin/python manage.py createsuperuser
Ctrl-C stops the portal.
"""


def together(commands: list[list[str]]) -> int:
    """Run the commands until one ends or a signal comes, then end the others."""
    stopping: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, frame: stopping.append(received))
    # Sessions of their own: Ctrl-C reaches this process only, which then ends them in order.
    processes = [subprocess.Popen(command, start_new_session=True) for command in commands]
    while not stopping and all(process.poll() is None for process in processes):
        time.sleep(0.2)
    ended = [process.returncode for process in processes if process.returncode is not None]
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + _GRACE_SECONDS
    for process in processes:
        try:
            process.wait(max(deadline - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    return 0 if stopping else max(map(abs, ended), default=1)


if __name__ == "__main__":
    sys.exit(main())
