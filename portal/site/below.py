"""What lies below a record's page: its event, its feed, its picture. Their addresses are the page's and a name."""

from django.http import HttpRequest

from portal.core.languages import of_path
from portal.publication import selectors
from portal.publication.models import CurrentRecord
from portal.publication.selectors import Standing
from portal.site import errors
from portal.site.responses import Gone, moved


def record_above(request: HttpRequest, path: str, *types: str) -> CurrentRecord:
    """The public record whose page is at the Chinese path, of one of these types if any are given.

    Raises `Gone` for all else: an old address leads to the same name below the present one, a withdrawn or redacted
    record says so.
    """
    standing, found = _found(request, path, types)
    if standing is not Standing.HERE:
        raise Gone(errors.gone(request, found, path=path))
    return found


def record_or_withdrawn(request: HttpRequest, path: str, *types: str) -> CurrentRecord:
    """As `record_above`, but a withdrawn record is given too."""
    standing, found = _found(request, path, types)
    if standing is Standing.REDACTED:
        raise Gone(errors.gone(request, found, path=path))
    return found


def _found(request: HttpRequest, path: str, types: tuple[str, ...]) -> tuple[Standing, CurrentRecord]:
    place = selectors.place(path)
    found = place.record
    if found is None or (types and found.type not in types):
        raise Gone(errors.response(request, 404))
    if place.standing is Standing.MOVED:
        raise Gone(moved(f"{found.path}{request.path.rpartition('/')[2]}", of_path(request.path)))
    return place.standing, found
