"""A case module in one file: mirrors the cases of one kind from the portal into SQLite, and goes on where it was.

    pip install httpx
    PORTAL_URL=https://portal.example CLIENT_ID=… CLIENT_SECRET=… python mirror.py consumer-complaint mirror.sqlite3

It reads the portal's feed. What a page of it changes and the position after that page are written in one transaction:
whenever the program is cut off, it has seen exactly what is in its file, and begins there the next time. With
``--personal`` it asks for what is personal, too; the portal notes every such reading, and the file must be protected
like any other place where personal data lies.
"""

import argparse
import json
import logging
import os
import sqlite3
import time
from collections.abc import Mapping
from typing import Any

import httpx

logger = logging.getLogger("mirror")

_TABLES = """
CREATE TABLE IF NOT EXISTS position (kind TEXT PRIMARY KEY, after INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS cases (
    reference TEXT PRIMARY KEY, version INTEGER NOT NULL, agency TEXT NOT NULL, state TEXT NOT NULL,
    closed INTEGER NOT NULL, "values" TEXT NOT NULL, personal TEXT NOT NULL
);
"""
_LIMIT, _WAIT, _TIMEOUT = 500, 25, 40
_LONGEST_PAUSE = 60


class Portal:
    """The portal's API, with a token that is renewed when it has expired."""

    def __init__(
        self,
        url: str,
        client_id: str,
        client_secret: str,
        scopes: str,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._http = httpx.Client(base_url=url, timeout=_TIMEOUT, transport=transport)
        self._credentials, self._scopes = (client_id, client_secret), scopes
        self._token = ""

    def get(self, path: str, **query: Any) -> httpx.Response:
        """The answer to a GET, whatever its status. Waits where the portal says so."""
        while True:
            if not self._token:
                self._renew()
            response = self._once(path, query)
            if response.status_code == 401:
                self._renew()
                response = self._once(path, query)
            if response.status_code not in (429, 503):
                return response
            time.sleep(int(response.headers.get("Retry-After", "5")))

    def _once(self, path: str, query: Mapping[str, Any]) -> httpx.Response:
        return self._http.get(path, params=query, headers={"Authorization": f"Bearer {self._token}"})

    def _renew(self) -> None:
        form = {"grant_type": "client_credentials", "scope": self._scopes}
        response = self._http.post("/api/v1/oauth/token/", data=form, auth=self._credentials)
        response.raise_for_status()
        self._token = response.json()["access_token"]


class Mirror:
    """The cases of one kind as the events have left them, in a file of SQLite."""

    def __init__(self, portal: Portal, kind: str, path: str) -> None:
        self._portal, self._kind = portal, kind
        self.database = sqlite3.connect(path)
        self.database.executescript(_TABLES)

    @property
    def after(self) -> int:
        """The last event that has been seen."""
        row = self.database.execute("SELECT after FROM position WHERE kind = ?", [self._kind]).fetchone()
        return row[0] if row else 0

    def read_page(self, wait: int = 0) -> bool:
        """Take in a page of the feed; whether there may be more already."""
        response = self._portal.get("/api/v1/cases/feed/", after=self.after, kind=self._kind, limit=_LIMIT, wait=wait)
        response.raise_for_status()
        page = response.json()
        with self.database:
            for event in page["results"]:
                self._take_in(event)
            self.database.execute("INSERT OR REPLACE INTO position VALUES (?, ?)", [self._kind, page["next_after"]])
        return bool(page["more"])

    def catch_up(self) -> None:
        """Take in all that there is."""
        while self.read_page():
            pass

    def _take_in(self, event: Mapping[str, Any]) -> None:
        """Move a case on by an event. One that was read whole may be ahead of the feed already."""
        known = self.database.execute(
            'SELECT version, "values", personal FROM cases WHERE reference = ?', [event["reference"]]
        ).fetchone()
        version = known[0] if known else 0
        if event["number"] <= version:
            return
        if event["from_agency"] or event["number"] != version + 1:
            # It came from another agency or went to one: what it went through there, only the case itself tells.
            self._read_whole(event["reference"])
            return
        values = _changed(json.loads(known[1]) if known else {}, event["values"])
        personal = _changed(json.loads(known[2]) if known else {}, event.get("personal", {}))
        self._keep(event["reference"], event["number"], event, values, personal)

    def _read_whole(self, reference: str) -> None:
        response = self._portal.get(f"/api/v1/cases/{self._kind}/{reference}/")
        if response.status_code == 404:
            self.database.execute("DELETE FROM cases WHERE reference = ?", [reference])
            return
        response.raise_for_status()
        case, personal = response.json(), {}
        for event in case["events"]:
            personal = _changed(personal, event.get("personal", {}))
        self._keep(reference, case["version"], case, case["values"], personal)

    def _keep(
        self,
        reference: str,
        version: int,
        standing: Mapping[str, Any],
        values: Mapping[str, Any],
        personal: Mapping[str, Any],
    ) -> None:
        row = [reference, version, standing["agency"], standing["state"], standing["closed"]]
        texts = [json.dumps(each, ensure_ascii=False, sort_keys=True) for each in (values, personal)]
        self.database.execute("INSERT OR REPLACE INTO cases VALUES (?, ?, ?, ?, ?, ?, ?)", [*row, *texts])


def _changed(before: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """Values after an event: what it says holds from then on, and null takes out."""
    return {name: value for name, value in {**before, **said}.items() if value is not None}


def main() -> None:
    """Mirror for ever, or with ``--once`` up to now."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind")
    parser.add_argument("database")
    parser.add_argument("--once", action="store_true", help="stop when all is taken in")
    parser.add_argument("--personal", action="store_true", help="ask for what is personal")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO)
    verbs = ["read", "personal"] if given.personal else ["read"]
    scopes = " ".join(f"cases:{given.kind}:{verb}" for verb in verbs)
    secret = os.environ["CLIENT_ID"], os.environ["CLIENT_SECRET"]
    mirror = Mirror(Portal(os.environ["PORTAL_URL"], *secret, scopes), given.kind, given.database)
    if given.once:
        mirror.catch_up()
        return
    pause = 1
    while True:
        try:
            mirror.read_page(wait=_WAIT)
            pause = 1
        except httpx.TransportError as fault:
            logger.warning("the portal cannot be reached: %s", type(fault).__name__)
            time.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)


if __name__ == "__main__":
    main()
