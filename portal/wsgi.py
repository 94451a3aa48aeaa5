"""The web entry point. PORTAL_ENV must be chosen by whoever starts it; unset means production."""

import logging
import os

from django.core.wsgi import get_wsgi_application
from django.db import OperationalError, connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

application = get_wsgi_application()

from portal.core import sending, synthetic  # noqa: E402  # the settings have to be read before

try:
    synthetic.check()
except OperationalError:
    logging.getLogger(__name__).warning("the database is away: whether it is this portal's was not looked at")
finally:
    connection.close()

application = sending.together(application)
