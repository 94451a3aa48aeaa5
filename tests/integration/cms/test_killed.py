"""A process that dies in the middle of publishing: no exception is handled, no transaction is ended by anybody."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests import invariants
from tests.factories.pages import add, change, fresh, history
from tests.following import database

#: Where the process dies: a step of publishing, and whether the change is there afterwards.
STEPS = {
    "between row and content": ("portal.publication.log.Content.objects", "create", "neither"),
    "before the current records": ("portal.publication.current", "refresh", "neither"),
    "after the commit": ("wagtail.signal_handlers.update_reference_index_task", "enqueue", "both"),
}

_PROGRAM = """
import os, sys, importlib
os.environ["PORTAL_ENV"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django
django.setup()
from django.conf import settings
from django.db import connection, transaction
path, name, pk = sys.argv[1:]
from cms.models import VisitPage
from cms.scope import publishing_scope
from functools import reduce
module, *attributes = path.split(".")
for length in range(len(path.split(".")), 0, -1):
    try:
        place = importlib.import_module(".".join(path.split(".")[:length]))
        break
    except ImportError:
        continue
for attribute in path.split(".")[length:]:
    place = getattr(place, attribute)

def die(*_args, **_options):
    os._exit(9)

with publishing_scope():
    page = VisitPage.objects.get(pk=pk)
    page.summary_zh_hant = "改了"
    revision = page.save_revision()
    revision.publish()
    if name == "enqueue":
        transaction.on_commit(die)
    else:
        setattr(place, name, die)
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", STEPS)
def test_a_process_that_dies(step, own_files):
    page = add(publish=True)
    path, name, outcome = STEPS[step]
    died = subprocess.run(
        [sys.executable, "-c", _PROGRAM, path, name, str(page.pk)],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": database(), "DATA_DIR": str(own_files)},
        timeout=60,
        check=False,
    )
    assert died.returncode == 9
    assert history(page) == (["publish", "publish"] if outcome == "both" else ["publish"])
    assert fresh(page).summary_zh_hant == ("改了" if outcome == "both" else None)
    invariants.check()
    change(page, summary_zh_hant="再改")
    assert fresh(page).summary_zh_hant == "再改"
    invariants.check()
