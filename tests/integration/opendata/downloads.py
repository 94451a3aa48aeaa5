"""Files of collections and dumps as readers get them, and all that the storage holds of them."""

import csv
import gzip
import io
import json

from django.test import Client

from portal.opendata import snapshots
from portal.publication.files import storage


def local(address: str) -> str:
    """An address of the test's server without its host."""
    return address.removeprefix("http://testserver")


def content(client: Client, address: str) -> bytes:
    """What an address gives, wherever it leads on to."""
    response = client.get(local(address), follow=True)
    assert response.status_code == 200, address
    return b"".join(response)


def lines(client: Client, plural: str) -> list[dict]:
    """The records of a type's JSON Lines."""
    return [json.loads(line) for line in content(client, f"/data/collections/{plural}.jsonl").splitlines()]


def table(client: Client, name: str) -> list[dict[str, str]]:
    """The rows of a CSV."""
    text = content(client, f"/data/collections/{name}").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def everything_stored() -> str:
    """The text of every file of every snapshot in the storage, unpacked."""
    try:
        names = storage().listdir(snapshots.FOLDER)[1]
    except FileNotFoundError:
        return ""
    texts = []
    for name in names:
        with storage().open(f"{snapshots.FOLDER}/{name}") as file:
            held = file.read()
        texts.append((gzip.decompress(held) if name.endswith(".gz") else held).decode())
    return "\n".join(texts)
