"""One server in a folder of its own: its configuration, its data, and the process.

It listens on 127.0.0.1 only, and takes half a gigabyte of heap. Its data outlive a stop. With security on, TLS is
required, and so is the password of the user ``elastic``, which stays the same as long as the folder does.
"""

import base64
import contextlib
import os
import secrets
import shutil
import signal
import socket
import ssl
import subprocess
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from scripts.elastic import certificates, distribution
from scripts.elastic.places import Account, account, java_home
from scripts.elastic.problems import Problem

_USER = "elastic"
_START_SECONDS = 180
_ANSWER_SECONDS = 60
_STOP_SECONDS = 30
_JVM = """-Xms512m
-Xmx512m
-XX:+UseG1GC
-XX:+ExitOnOutOfMemoryError
-Djava.io.tmpdir=${ES_TMPDIR}
"""
_LOGGING = """status = error
appender.file.type = File
appender.file.name = file
appender.file.fileName = ${sys:es.logs.base_path}/server.log
appender.file.layout.type = PatternLayout
appender.file.layout.pattern = [%d{ISO8601}][%-5p][%-25c{1.}]%marker %m%n
rootLogger.level = info
rootLogger.appenderRef.file.ref = file
"""
_PLAIN = "xpack.security.enabled: false\n"
_SECURE = """xpack.security.enabled: true
xpack.security.authc.api_key.enabled: true
xpack.security.http.ssl.enabled: true
xpack.security.http.ssl.certificate: server.crt
xpack.security.http.ssl.key: server.key
"""


@dataclass(frozen=True, slots=True)
class Node:
    """The server of a folder. Everything about it is read from the folder, so that any process can ask and stop it."""

    folder: Path

    @property
    def _pid_file(self) -> Path:
        return self.folder / "data" / "pid"

    @property
    def port(self) -> int:
        """The port of its HTTP interface."""
        return int((self.folder / "port").read_text(encoding="ascii"))

    def pid(self) -> int | None:
        """The server's process, or None where none runs."""
        try:
            pid = int(self._pid_file.read_text(encoding="ascii"))
            os.kill(pid, 0)
            # A process that died by force leaves its file behind, and its number may be another's by now.
            if Path("/proc/self").exists() and bytes(self.folder) not in Path(f"/proc/{pid}/cmdline").read_bytes():
                return None
        except PermissionError:
            return pid
        except (OSError, ValueError):
            return None
        return pid

    def secure(self) -> bool:
        """Whether its configuration has security switched on."""
        return (self.folder / "password").exists()

    def environment(self) -> dict[str, str]:
        """The portal's variables that name this server."""
        if not self.secure():
            return {"ELASTICSEARCH_URL": f"http://127.0.0.1:{self.port}"}
        return {
            "ELASTICSEARCH_URL": f"https://127.0.0.1:{self.port}",
            "ELASTICSEARCH_CA_FILE": str(self.folder / "ca.crt"),
            "ELASTICSEARCH_USER": _USER,
            "ELASTICSEARCH_PASSWORD": (self.folder / "password").read_text(encoding="ascii"),
        }

    def start(self, port: int, *, secure: bool) -> None:
        """Configure and start it; returns when it answers. Does nothing where it runs already, as it is."""
        if self.pid() is not None:
            return
        if not free(port):
            raise Problem(f"Port {port} is taken by something else; --port names another.")
        home, java, owner = distribution.fetch(), java_home(), account()
        self._configure(home, port, secure, owner)
        environment = _clean() | {
            "ES_JAVA_HOME": str(java),
            "ES_PATH_CONF": str(self.folder / "config"),
            "ES_TMPDIR": str(self.folder / "tmp"),
        }
        if secure:
            self._set_password(home, environment, owner)
        self._pid_file.unlink(missing_ok=True)
        # The launcher waits until the server listens, and leaves it running.
        arguments = ["--daemonize", "--pidfile", str(self._pid_file)]
        _tool(home, "server", "lib/tools/server-cli", arguments, environment, owner, self._log())
        self._wait()

    def stop(self, *, force: bool = False) -> bool:
        """End it, at once and without a chance to tidy up where ``force`` is given; whether it ran."""
        pid = self.pid()
        if pid is None:
            return False
        os.kill(pid, signal.SIGKILL if force else signal.SIGTERM)
        deadline = time.monotonic() + _STOP_SECONDS
        while self.pid() is not None:
            if time.monotonic() > deadline:
                os.kill(pid, signal.SIGKILL)
            time.sleep(0.05)
        self._pid_file.unlink(missing_ok=True)
        return True

    def remove(self) -> None:
        """End it and delete its data."""
        self.stop()
        shutil.rmtree(self.folder)

    def answers(self) -> bool:
        """Whether it takes requests: with security on, only some time after it listens."""
        given = self.environment()
        request = urllib.request.Request(given["ELASTICSEARCH_URL"] + "/_cluster/health")
        handlers: list[urllib.request.BaseHandler] = [urllib.request.ProxyHandler({})]
        if self.secure():
            account = f"{given['ELASTICSEARCH_USER']}:{given['ELASTICSEARCH_PASSWORD']}"
            request.add_header("Authorization", "Basic " + base64.b64encode(account.encode()).decode())
            context = ssl.create_default_context(cafile=given["ELASTICSEARCH_CA_FILE"])
            handlers.append(urllib.request.HTTPSHandler(context=context))
        try:
            with urllib.request.build_opener(*handlers).open(request, timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def _wait(self) -> None:
        deadline = time.monotonic() + _ANSWER_SECONDS
        while not self.answers():
            if time.monotonic() > deadline or self.pid() is None:
                raise Problem(f"Elasticsearch started but does not answer; its log is {self._log()}.")
            time.sleep(0.1)

    def _log(self) -> Path:
        return self.folder / "logs" / "server.log"

    def _configure(self, home: Path, port: int, secure: bool, owner: Account) -> None:
        """Lay the folder out; settings are written anew, data stay."""
        config = self.folder / "config"
        for folder in (self.folder, config, *(self.folder / name for name in ("data", "logs", "tmp"))):
            folder.mkdir(parents=True, exist_ok=True)
        if secure:
            certificates.make(config)
            shutil.copy(config / "ca.crt", self.folder)
            if not self.secure():
                (self.folder / "password").write_text(secrets.token_urlsafe(18), encoding="ascii")
        else:
            (self.folder / "password").unlink(missing_ok=True)
        (self.folder / "port").write_text(str(port), encoding="ascii")
        settings = f"""cluster.name: portal
node.name: portal
path.data: {self.folder / "data"}
path.logs: {self.folder / "logs"}
network.host: 127.0.0.1
http.port: {port}
transport.port: {unused_port()}
discovery.type: single-node
cluster.routing.allocation.disk.threshold_enabled: false
"""
        (config / "elasticsearch.yml").write_text(settings + (_SECURE if secure else _PLAIN), encoding="utf-8")
        (config / "jvm.options").write_text(_JVM, encoding="ascii")
        (config / "log4j2.properties").write_text(_LOGGING, encoding="ascii")
        for name in ("roles.yml", "role_mapping.yml", "users", "users_roles"):
            shutil.copy(home / "config" / name, config)
        for path in [self.folder, *self.folder.rglob("*")]:
            os.chown(path, owner.uid, owner.gid)
        self.folder.chmod(0o700)

    def _set_password(self, home: Path, environment: dict[str, str], owner: Account) -> None:
        """Put the password into the server's keystore, from where it takes its first one."""
        if (self.folder / "config" / "elasticsearch.keystore").exists():
            return
        password = (self.folder / "password").read_bytes() + b"\n"
        # Forced, it makes the keystore that it does not find.
        arguments = ["add", "--force", "--stdin", "bootstrap.password"]
        _tool(home, "keystore", "lib/tools/keystore-cli", arguments, environment, owner, self._log(), password)


def _tool(
    home: Path,
    name: str,
    libraries: str,
    arguments: list[str],
    environment: dict[str, str],
    owner: Account,
    log: Path,
    given: bytes = b"",
) -> None:
    """Run one of the distribution's command-line tools as the owner; a `Problem` with what it and the log said where
    it fails.
    """
    named = environment | {"CLI_NAME": name, "CLI_LIBS": libraries}
    command = [str(home / "bin" / "elasticsearch-cli"), *arguments]
    # Output goes to a file: a server that stays keeps a pipe open for ever.
    output = log.with_name(f"{name}.out")
    with output.open("wb") as sink:
        process = subprocess.Popen(
            command, env=named, cwd=home, stdin=subprocess.PIPE, stdout=sink, stderr=sink, start_new_session=True,
            **owner.switch,  # type: ignore[call-overload]
        )  # fmt: skip
        try:
            process.communicate(given, timeout=_START_SECONDS)
        except BaseException:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise
    if process.returncode != 0:
        said = [path.read_text(encoding="utf-8", errors="replace")[-3000:] for path in (output, log) if path.exists()]
        raise Problem(f"elasticsearch's {name} failed ({process.returncode}):\n" + "\n".join(said))


def _clean() -> dict[str, str]:
    """The environment without what would change how Java runs."""
    return {name: value for name, value in os.environ.items() if "JAVA" not in name and not name.startswith("ES_")}


def unused_port() -> int:
    """A port of 127.0.0.1 that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def free(port: int) -> bool:
    """Whether nothing listens on the port of 127.0.0.1."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0
