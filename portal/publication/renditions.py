"""A consumer that makes every public picture at several widths in modern formats, and hands them to the current
records.

Pictures are never enlarged. Metadata (place, camera) stays behind; orientation is applied to the pixels. A picture that
cannot be decoded is left with its original alone.
"""

import io
import logging
from collections.abc import Iterable, Sequence

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image, ImageOps, UnidentifiedImageError

from portal.publication import current, log
from portal.publication.consumers import Consumer
from portal.publication.files import storage
from portal.publication.models import CurrentRecord, FileUse, LogRow, PublicFile, Rendition

logger = logging.getLogger(__name__)

WIDTHS = (320, 640, 960, 1280, 1920)
#: Format → options for Pillow. Quality 60 of AVIF and 80 of WebP look alike; speed 8 keeps encoding under a second.
FORMATS = {"avif": {"quality": 60, "speed": 8}, "webp": {"quality": 80, "method": 4}}


def widths_for(width: int) -> list[int]:
    """The widths to make of a picture: the standard ones below its own, and its own if that is at most the largest."""
    smaller = [standard for standard in WIDTHS if standard < width]
    return [*smaller, width] if width <= WIDTHS[-1] else list(WIDTHS)


def follow(rows: Sequence[LogRow]) -> None:
    """Make what is missing for the pictures that these rows use."""
    used = PublicFile.objects.filter(uses__row__in=rows, type__startswith="image/").distinct()
    made = {file: renditions for file in used.prefetch_related("renditions") if (renditions := _make(file))}
    if not made:
        return
    with transaction.atomic():
        log.lock()
        for file, renditions in made.items():
            _keep(file, renditions)
        current.refresh(
            CurrentRecord.objects.filter(state=CurrentRecord.State.PUBLIC, row__file_uses__file__in=made).values_list(
                "uid", flat=True
            )
        )


def _keep(file: PublicFile, renditions: list[Rendition]) -> None:
    """Note what was made of a picture, unless the picture was redacted meanwhile: then it goes as well."""
    if FileUse.objects.filter(file_id=file.sha256).exists():
        Rendition.objects.bulk_create(renditions, ignore_conflicts=True)
    else:
        for rendition in renditions:
            storage().delete(rendition.name)


def _make(file: PublicFile) -> list[Rendition]:
    """The renditions that a picture lacks, stored but not yet noted."""
    present = {(rendition.width, rendition.format) for rendition in file.renditions.all()}
    if file.width and not _wanted(file.width, present):
        return []
    try:
        with storage().open(file.name) as source, Image.open(source) as opened:
            picture = ImageOps.exif_transpose(opened).convert("RGBA" if opened.has_transparency_data else "RGB")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        logger.warning("picture cannot be decoded", extra={"sha256": file.sha256})
        return []
    return _encoded(file, picture, _wanted(picture.width, present))


def _wanted(width: int, present: set[tuple[int, str]]) -> list[tuple[int, str]]:
    return [(each, name) for each in widths_for(width) for name in FORMATS if (each, name) not in present]


def _encoded(file: PublicFile, picture: Image.Image, wanted: Iterable[tuple[int, str]]) -> list[Rendition]:
    made = []
    for width, name in wanted:
        height = max(1, round(picture.height * width / picture.width))
        buffer = io.BytesIO()
        picture.resize((width, height), Image.Resampling.LANCZOS).save(buffer, name.upper(), **FORMATS[name])
        path = f"{file.name.rsplit('/', 1)[0]}/{width}.{name}"
        if not storage().exists(path):
            storage().save(path, ContentFile(buffer.getvalue()))
        made.append(Rendition(file=file, width=width, height=height, format=name, name=path))
    return made


CONSUMER = Consumer("renditions", follow, batch=20)
