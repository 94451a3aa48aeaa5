"""Uploads as editors see them. Nobody else can open them: the public gets copies of what was published, from
elsewhere.
"""

import mimetypes

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from wagtail.admin.auth import require_admin_access


@require_admin_access
def serve(request: HttpRequest, name: str) -> FileResponse:
    """One uploaded file or rendition, by its name in the private storage."""
    try:
        file = default_storage.open(name)
    except (OSError, ValueError) as error:
        raise Http404 from error
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    response = FileResponse(file, content_type=media_type, as_attachment=not media_type.startswith("image/"))
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
