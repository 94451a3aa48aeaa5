"""What gunicorn reads wherever it is started in this directory: how long an address may be, and how often Python looks
for what nobody needs any more.

A query of search has up to 1,000 characters, each of them up to twelve in an address (``%F0%9F%98%80``). Gunicorn
itself allows either 8,190 characters or any number; what is longer than here is refused with 414.
"""

import gc

from gunicorn.http import message

limit_request_line = 65_535
message.MAX_REQUEST_LINE = limit_request_line + 1


def post_worker_init(worker: object) -> None:
    """What a worker has loaded stays: the collector need not look at it again, nor look as often for the little that
    requests leave behind.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)
