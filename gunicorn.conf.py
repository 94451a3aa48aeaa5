"""What gunicorn reads wherever it is started in this directory: how long an address may be.

A query of search has up to 1,000 characters, each of them up to twelve in an address (``%F0%9F%98%80``). Gunicorn
itself allows either 8,190 characters or any number; what is longer than here is refused with 414.
"""

from gunicorn.http import message

limit_request_line = 65_535
message.MAX_REQUEST_LINE = limit_request_line + 1
