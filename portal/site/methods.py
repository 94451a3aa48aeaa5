"""Pages are read: any other method is answered with a page that says so."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from portal.site import errors

SAFE = ("GET", "HEAD")


def require_safe(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view that answers GET and HEAD, and 405 to all else in the language of the address."""

    @functools.wraps(view)
    def only_read(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method in SAFE:
            return view(request, *args, **kwargs)
        return errors.method_not_allowed(request, SAFE)

    return only_read
