"""The portal's own content, published, with the files of its datasets."""

from pathlib import Path

from django.conf import settings

from cms.seeding import seed as seeding
from portal.opendata import making
from portal.publication.models import LogRow


def publish_seed() -> list[str]:
    """Publish the fixtures and make every file; the uids of the datasets."""
    seeding.seed(Path(settings.BASE_DIR) / "fixtures")
    rows = list(LogRow.objects.filter(type="dataset").order_by("seq"))
    making.follow(rows)
    return [row.uid for row in rows]
