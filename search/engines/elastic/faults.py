"""What the client raises, as `Unavailable`."""

from collections.abc import Iterator
from contextlib import contextmanager

from elasticsearch import ApiError, BadRequestError, NotFoundError, TransportError
from elasticsearch.helpers import BulkIndexError

from search.engines.base import Missing, Refused, Unavailable

#: Characters of a fault that are told.
_LENGTH = 500


@contextmanager
def guarded() -> Iterator[None]:
    """Turn every error of the network, of Elasticsearch and of its answers into `Unavailable`: a missing index into
    `Missing`, a request that it does not take (400) into `Refused`.
    """
    try:
        yield
    except NotFoundError as fault:
        raise Missing(_told(fault)) from fault
    except BadRequestError as fault:
        raise Refused(_told(fault)) from fault
    except (ApiError, TransportError, BulkIndexError) as fault:
        raise Unavailable(_told(fault)) from fault
    except (OSError, ValueError, KeyError, TypeError, IndexError) as fault:
        # A certificate that cannot be read, an address that is none, an answer that is not Elasticsearch's.
        raise Unavailable(_told(fault)) from fault


def _told(fault: Exception) -> str:
    because = f" ({fault.__cause__})" if fault.__cause__ else ""
    return f"{type(fault).__name__}: {fault}{because}"[:_LENGTH]
