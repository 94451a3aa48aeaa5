"""A certificate authority and a server's certificate, made with openssl, for one machine and a month."""

import shutil
import subprocess
import time
from pathlib import Path

from scripts.elastic.problems import Problem

_DAYS = 30
_FILES = ("ca.crt", "server.crt", "server.key")
_AUTHORITY = """basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
"""
_SERVER = """basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, keyEncipherment
extendedKeyUsage = serverAuth, clientAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = DNS:localhost, IP:127.0.0.1
"""


def make(folder: Path) -> None:
    """Write ca.crt, server.crt and server.key into the folder, for localhost and 127.0.0.1, unless they are there and
    good for another half of their time. The authority's own key is not kept.
    """
    folder.mkdir(parents=True, exist_ok=True)
    oldest = time.time() - _DAYS / 2 * 86400
    if all((folder / name).exists() and (folder / name).stat().st_mtime > oldest for name in _FILES):
        return
    key = folder / "ca.key"
    _sign(folder, "ca", "/CN=Elasticsearch for tests", _AUTHORITY, ["-signkey", str(key)])
    issuer = ["-CA", str(folder / "ca.crt"), "-CAkey", str(key), "-CAcreateserial"]
    _sign(folder, "server", "/CN=localhost", _SERVER, issuer)
    for each in (*folder.glob("*.csr"), *folder.glob("*.ext"), *folder.glob("*.srl"), key):
        each.unlink()


def _sign(folder: Path, name: str, subject: str, extensions: str, issuer: list[str]) -> None:
    request, wanted = folder / f"{name}.csr", folder / f"{name}.ext"
    wanted.write_text(extensions, encoding="ascii")
    key = ["-newkey", "rsa:2048", "-nodes", "-keyout", str(folder / f"{name}.key")]
    _openssl("req", *key, "-subj", subject, "-out", str(request))
    certificate = ["-out", str(folder / f"{name}.crt"), "-days", str(_DAYS), "-sha256"]
    _openssl("x509", "-req", "-in", str(request), *issuer, "-extfile", str(wanted), *certificate)


def _openssl(*arguments: str) -> None:
    program = shutil.which("openssl")
    if program is None:
        raise Problem("openssl is needed for --secure.")
    done = subprocess.run([program, *arguments], stdin=subprocess.DEVNULL, capture_output=True)
    if done.returncode != 0:
        raise Problem(f"openssl {arguments[0]}: {done.stderr.decode(errors='replace')}")
