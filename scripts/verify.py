"""Check a portal's public record from outside: its log of publications against itself, and its records
against the log.

Reads ``/api/v1/changes/`` from the first row to the last, computes every commitment and the chain of hashes
anew, builds the current records from the documents, and compares them with ``/api/v1/records/`` member by
member. Needs nothing but Python's standard library.
"""

import argparse
import hashlib
import json
import re
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from typing import Any

MEMBERS = ("seq", "uid", "type", "version", "action", "published_at", "commitment", "previous")
#: What a record has beside its document's members, and what its document has beside the record's.
BESIDE_DOCUMENT = frozenset({"version", "published_at", "modified_at", "url", "related", "labels", "derived"})
BESIDE_RECORD = frozenset({"schema", "path"})
#: Types that a list of records holds only when they are asked for.
FRAME_TYPES = ("menu", "banner")
LARGEST_INTEGER = 2**53 - 1
ATTEMPTS = 5
_LINK = re.compile(r'<a href="(record|file):([^"]+)">(.*?)</a>', re.DOTALL)

Json = Any


class Unreadable(Exception):
    """The portal does not answer, or not as the API's contract says."""


class Portal:
    """The read API at an address."""

    def __init__(self, address: str, *, timeout: float, limit: int) -> None:
        root = address.rstrip("/").removesuffix("/api/v1")
        if not root.startswith(("http://", "https://")):
            raise Unreadable(f"{address} is not an http or https address")
        self.root = f"{root}/api/v1/"
        self.timeout = timeout
        self.limit = limit

    def get(self, resource: str, query: str) -> dict[str, Json]:
        """One answer. Raises `Unreadable`."""
        address = f"{self.root}{resource}?{query}"
        request = urllib.request.Request(address, headers={"Accept": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as response:
                return json.loads(
                    response.read(),
                    object_pairs_hook=_members_once,
                    parse_float=_no_float,
                    parse_constant=_no_float,
                )
        except (OSError, ValueError) as error:
            raise Unreadable(f"{address}: {error}") from error

    def changes(self) -> Iterator[dict[str, Json]]:
        """The rows of the log, from the first to the last."""
        after = 0
        while True:
            answer = self.get("changes/", f"after={after}&limit={self.limit}")
            yield from answer["results"]
            if not answer["results"] or answer["next_after"] >= answer["head"]:
                return
            after = answer["next_after"]

    def records(self) -> Iterator[dict[str, Json]]:
        """Every current record, menus and banners included."""
        for selection in ("", *(f"&type={each}" for each in FRAME_TYPES)):
            query: str | None = f"limit={self.limit}{selection}"
            while query:
                answer = self.get("records/", query)
                yield from answer["results"]
                query = urllib.parse.urlsplit(answer["next"]).query if answer["next"] else None


def _members_once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("an object has a member twice")
    return members


def _no_float(text: str) -> Json:
    raise ValueError(f"{text} is no whole number: decimals are strings here")


def canonical(value: Json) -> bytes:
    """RFC 8785 for what documents hold: objects, arrays, strings, whole numbers, true, false, null."""
    if value is None or isinstance(value, bool):
        return json.dumps(value).encode()
    if isinstance(value, int):
        if abs(value) > LARGEST_INTEGER:
            raise ValueError(f"{value} has no canonical form")
        return str(value).encode()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).encode()
    if isinstance(value, list):
        return b"[" + b",".join(map(canonical, value)) + b"]"
    if isinstance(value, dict):
        ordered = sorted(value.items(), key=lambda item: item[0].encode("utf-16-be", "surrogatepass"))
        return b"{" + b",".join(canonical(name) + b":" + canonical(member) for name, member in ordered) + b"}"
    raise ValueError(f"{type(value).__name__} has no canonical form")


class Log:
    """The rows read so far, what is wrong with them, and the current documents that follow from them."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Json]] = []
        self.problems: list[str] = []
        self.versions: dict[str, int] = {}
        self.missing: dict[int, dict[str, Json]] = {}
        self.covered: dict[int, int] = {}

    def add(self, row: dict[str, Json]) -> None:
        """Check a row against those before it, and keep it."""
        last = self.rows[-1] if self.rows else None
        try:
            self.problems += [f"row {row['seq']} ({row['uid']}): {problem}" for problem in self._wrong(row, last)]
        except (KeyError, TypeError, ValueError) as error:
            raise Unreadable(f"a row after {last['seq'] if last else 0} cannot be read: {error!r}") from error
        self.rows.append(row)

    def _wrong(self, row: dict[str, Json], last: dict[str, Json] | None) -> Iterator[str]:
        if row["seq"] != (last["seq"] + 1 if last else 1):
            yield f"follows row {last['seq'] if last else 0}: rows are missing or out of order"
        expected = "0" * 64
        if last:
            expected = hashlib.sha256(canonical({member: last[member] for member in MEMBERS})).hexdigest()
        if row["previous"] != expected:
            yield "`previous` is not the hash of the row before"
        if last and row["published_at"] < last["published_at"]:
            yield "is dated before the row before it"
        if row["version"] != self.versions.get(row["uid"], 0) + 1:
            yield f"has version {row['version']} after version {self.versions.get(row['uid'], 0)}"
        self.versions[row["uid"]] = row["version"]
        if row["document"] is None:
            self.missing[row["seq"]] = row
        elif hashlib.sha256(bytes.fromhex(row["nonce"]) + canonical(row["document"])).hexdigest() != row["commitment"]:
            yield "the document is not the one that was committed to"
        elif row["action"] == "publish" and (row["document"]["uid"], row["document"]["type"]) != (
            row["uid"],
            row["type"],
        ):
            yield "the document is another record's"
        if row["action"] == "redact" and row["document"] is not None:
            self.covered |= dict.fromkeys(row["document"]["covers"], row["seq"])

    def finish(self) -> list[str]:
        """Every problem of the log, redactions weighed: a document may be missing only under a later row that
        covers it.
        """
        uids = {row["seq"]: row["uid"] for row in self.rows}
        unfounded = [
            f"row {seq} ({row['uid']}): has no document, and no redaction that covers it"
            for seq, row in self.missing.items()
            if uids.get(self.covered.get(seq, 0)) != row["uid"] or row.get("redacted_by") != self.covered.get(seq)
        ]
        kept = [
            f"row {seq} ({uids[seq]}): row {by} covers it, and its document is still served"
            for seq, by in self.covered.items()
            if seq in uids and seq not in self.missing
        ]
        return self.problems + unfounded + kept

    def current(self) -> dict[str, dict[str, Json]]:
        """For each public record the row that published its present version, and when its first was published
        (``first``).
        """
        latest: dict[str, dict[str, Json]] = {}
        for row in self.rows:
            if row["action"] == "publish":
                first = latest.get(row["uid"], {}).get("first", row["published_at"])
                latest[row["uid"]] = row | {"first": first, "public": row["seq"] not in self.missing}
            elif row["action"] == "withdraw" and row["uid"] in latest:
                latest[row["uid"]]["public"] = False
        return {uid: row for uid, row in latest.items() if row["public"]}


def compare(current: dict[str, dict[str, Json]], records: dict[str, dict[str, Json]]) -> list[str]:
    """What differs between the records that the log gives and those that the portal shows."""
    differences = [f"{uid}: in the log, not among the records" for uid in sorted(current.keys() - records.keys())]
    differences += [f"{uid}: among the records, not in the log" for uid in sorted(records.keys() - current.keys())]
    paths = {uid: row["document"]["path"] for uid, row in current.items()}
    for uid in sorted(current.keys() & records.keys()):
        row, record = current[uid], records[uid]
        document = {name: value for name, value in row["document"].items() if name not in BESIDE_RECORD}
        shown = {name: value for name, value in record.items() if name not in BESIDE_DOCUMENT}
        differences += [f"{uid}: {where} differs" for where in _differing(document, shown, paths, "")]
        path = row["document"]["path"]
        beside = {
            "version": row["version"],
            "published_at": row["first"],
            "modified_at": row["published_at"],
            "url": {"zh-Hant": path, "en": f"/en{path}"} if path else None,
        }
        differences += [f"{uid}: {name} differs" for name, value in beside.items() if record.get(name) != value]
    return differences


def _differing(document: Json, shown: Json, paths: dict[str, Json], where: str) -> Iterator[str]:
    """Where a part of a document and what is shown of it differ, but for addresses of files and resolved
    links.
    """
    if isinstance(document, dict) and isinstance(shown, dict):
        beside = {"url", "renditions"} if "sha256" in document else set()
        for name in sorted(document.keys() | (shown.keys() - beside)):
            place = f"{where}/{name}" if where else name
            if name not in document or name not in shown:
                yield place
            else:
                yield from _differing(document[name], shown[name], paths, place)
    elif isinstance(document, list) and isinstance(shown, list):
        if len(document) != len(shown):
            yield where
        for place, pair in enumerate(zip(document, shown, strict=False)):
            yield from _differing(*pair, paths, f"{where}/{place}")
    elif isinstance(document, str) and isinstance(shown, str) and _LINK.search(document):
        if not _resolved(document, paths, "/en" if where.endswith("/en") else "").fullmatch(shown):
            yield where
    elif type(document) is not type(shown) or document != shown:
        yield where


def _resolved(html: str, paths: dict[str, Json], prefix: str) -> re.Pattern[str]:
    """What rich text looks like with addresses as links: a link to what is not public loses its ``<a>``."""
    pattern, end = "", 0
    for link in _LINK.finditer(html):
        scheme, target, inner = link.groups()
        pattern += re.escape(html[end : link.start()])
        inner, end = re.escape(inner), link.end()
        if scheme == "file":
            pattern += f'(?:<a href="/media/{re.escape(target)}/[^"]*">{inner}</a>|{inner})'
        elif paths.get(target):
            address = re.escape(f"{prefix}{paths[target]}")
            pattern += f'<a href="{address}">{inner}</a>'
        else:
            pattern += inner
    return re.compile(pattern + re.escape(html[end:]), re.DOTALL)


def verify(portal: Portal) -> tuple[Log, int, list[str]]:
    """The log, the number of records, and all that is wrong; read again if the portal publishes meanwhile."""
    for _attempt in range(ATTEMPTS):
        log = Log()
        for row in portal.changes():
            log.add(row)
        shown = list(portal.records())
        records = {record["uid"]: record for record in shown}
        seen = log.rows[-1]["seq"] if log.rows else 0
        if portal.get("changes/", f"after={seen}&limit=1")["head"] == seen:
            break
    else:
        raise Unreadable("the portal publishes faster than it can be read; try again")
    twice = ["records are listed more than once"] if len(shown) != len(records) else []
    return log, len(records), log.finish() + twice + compare(log.current(), records)


def main(arguments: list[str] | None = None) -> int:
    """0 if everything agrees, 1 if something differs, 2 if the portal cannot be read."""
    parser = argparse.ArgumentParser(
        prog="verify.py",
        description="Check the publication log of a portal and its records against each other, from outside.",
        epilog="Exit status: 0 everything agrees, 1 something differs, 2 the portal cannot be read.",
    )
    parser.add_argument("address", help="the portal's address, such as http://localhost:8000")
    parser.add_argument("--limit", type=int, default=500, help="rows and records per request (1 to 500; %(default)s)")
    parser.add_argument("--timeout", type=float, default=60, help="seconds to wait for an answer (%(default)s)")
    options = parser.parse_args(arguments)
    try:
        log, records, problems = verify(Portal(options.address, timeout=options.timeout, limit=options.limit))
    except (Unreadable, KeyError, TypeError) as error:
        print(f"Cannot be checked: {error}", file=sys.stderr)
        return 2
    print(f"{len(log.rows)} rows of the log, {len(log.missing)} of them redacted; {records} current records.")
    for problem in problems:
        print(f"- {problem}")
    print(f"{len(problems)} problems." if problems else "Every commitment, the chain and every record agree.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
