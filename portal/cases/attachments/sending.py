"""What people have sent, as it leaves the portal: to be saved and never shown, whatever is in it, and kept by nobody
between.
"""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def download(content: bytes | str, media_type: str, name: str) -> HttpResponse:
    """A file under a name."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
