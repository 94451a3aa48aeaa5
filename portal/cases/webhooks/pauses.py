"""When a message that did not get through is tried again. Pure."""

import datetime
import random

_FIRST, _FACTOR = datetime.timedelta(seconds=5), 4
_LONGEST = datetime.timedelta(hours=8)
#: A pause is up to this share longer, so that receivers that failed together are not asked together.
_JITTER = 0.25
#: After so long a webhook is given up.
GIVEN_UP_AFTER = datetime.timedelta(days=3)
_random = random.SystemRandom()


def pause(attempts: int, retry_after: int | None = None) -> datetime.timedelta:
    """How long to wait after so many attempts in vain: 5 s, 20 s, 80 s, …, at most 8 hours and a little, and at least
    as many seconds as the receiver has named, within those hours.
    """
    grown = min(_LONGEST, _FIRST * _FACTOR ** min(attempts - 1, 10))
    asked = min(_LONGEST, datetime.timedelta(seconds=retry_after or 0))
    return max(grown, asked) * (1 + _random.uniform(0, _JITTER))
