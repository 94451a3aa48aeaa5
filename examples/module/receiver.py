"""A receiver of the portal's webhooks in one file, with Python alone: it verifies each message and prints it.

    WEBHOOK_SECRET=whsec_… python receiver.py 9000

For a trial on one machine the portal is started with WEBHOOK_TRIAL_ADDRESSES=127.0.0.1:9000, and the webhook's address
is http://127.0.0.1:9000/. Elsewhere a proxy that speaks HTTPS stands in front. A message says that something happened;
what it was, the API tells (`mirror.py` reads on from where it was). It may come twice: its identifier tells.
"""

import base64
import hmac
import os
import sys
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer

_MOST_BYTES = 65_536
#: Seconds that the sender's clock may differ: an old message, sent again by somebody else, is refused.
TOLERANCE = 300


def verifies(secret: str, headers: Mapping[str, str], body: bytes, now: float) -> bool:
    """Whether a message is the portal's, and of this moment (Standard Webhooks 1.0)."""
    sent_at = headers.get("webhook-timestamp") or ""
    if not (sent_at.isascii() and sent_at.isdigit() and len(sent_at) < 20) or abs(now - int(sent_at)) > TOLERANCE:
        return False
    content = b".".join(((headers.get("webhook-id") or "").encode(), sent_at.encode(), body))
    expected = hmac.digest(base64.b64decode(secret.removeprefix("whsec_")), content, "sha256")
    signature = f"v1,{base64.b64encode(expected).decode()}".encode()
    given = (headers.get("webhook-signature") or "").encode().split()
    # While a secret is being replaced there are two signatures.
    return any(hmac.compare_digest(signature, each) for each in given)


class Handler(BaseHTTPRequestHandler):
    """Answers 204 to what is the portal's, 401 to all else."""

    timeout = 10

    def do_POST(self) -> None:
        """Take a message."""
        length = self.headers.get("Content-Length", "")
        size = int(length) if length.isdigit() else 0
        body = self.rfile.read(min(size, _MOST_BYTES))
        is_ours = verifies(os.environ["WEBHOOK_SECRET"], self.headers, body, time.time())
        if is_ours:
            print(self.headers["webhook-id"], body.decode(), flush=True)
        self.send_response(204 if is_ours else 401)
        self.end_headers()


if __name__ == "__main__":
    HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
