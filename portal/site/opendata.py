"""The catalogue of open data: all datasets of statistics and all record collections, to browse and to filter; and the
files of a dataset, for its page.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.csrf import csrf_exempt

from portal.core.languages import in_language, of_path
from portal.opendata import schema_org
from portal.opendata.collected import Collection, collected_at
from portal.opendata.collections import FORMATS, Format
from portal.opendata.distributions import File, of_version
from portal.opendata.entries import Entry, entries, entry
from portal.opendata.formats import SPREADSHEET_ROWS, left_out
from portal.opendata.quality import quality
from portal.opendata.vocabularies import FORMAT_LABELS, FREQUENCY_LABELS, KINDS, RECORD_FORMAT_LABELS
from portal.publication import selectors
from portal.publication.models import Head
from portal.publication.rows import instant
from portal.publication.topics import TOPICS
from portal.rendering.catalogue import render_catalogue
from portal.rendering.contents import (
    CatalogueItem,
    CataloguePage,
    Choice,
    ChoiceGroup,
    CollectionItem,
    Download,
    Downloads,
    FileLink,
)
from portal.rendering.frame import Frame
from portal.site import errors
from portal.site.frames import frame_at
from portal.site.methods import require_safe
from portal.site.opendata_queries import LIMIT, CatalogueQuery, Listed, kind_of, read
from portal.site.queries import BadQuery
from portal.site.responses import made_anew, page

_FEWEST = 2
#: Kinds of file that readers choose by; the description of a CSV file is not one.
_CHOSEN = {extension: kind for extension, kind in KINDS.items() if kind != "CSVW"}


@csrf_exempt
@require_safe
def catalogue_page(request: HttpRequest) -> HttpResponse:
    """The catalogue of open data."""
    language = of_path(request.path)
    try:
        query = read(request.GET)
    except BadQuery:
        return errors.response(request, 400)

    def render(frame: Frame, head: Head) -> str:
        with errors.speaking(language):
            shown = _shown(query, [*entries(), *collected_at(head.stamp)], language)
        return render_catalogue(shown, language=language, frame=frame)

    if query.text:
        # There is no end of words that somebody may type.
        head = selectors.head()
        return made_anew(request, render(frame_at(head, timezone.localtime()), head).encode())
    return page(request, render, key=query.path)


def downloads_of(record: Mapping[str, Any], *, language: str, is_present: bool) -> Downloads | None:
    """The files of a version of a dataset for its page; of the present one, while that is being made, those of the
    latest version that has any. None for a dataset that is not public any more, and where there are none.
    """
    shown = entry(record["uid"])
    if shown is None:
        return None
    files = shown.files if is_present else of_version(record["uid"], record["version"])
    if not files and not is_present:
        return None
    version = files[0].version if files else record["version"]
    return Downloads(
        files=[_download(file) for file in files],
        version=version,
        is_present=version == record["version"],
        left_out=sorted({KINDS[each.extension] for each in left_out(record["table"]["rows"])}),
        most_rows=SPREADSHEET_ROWS,
        identifier=f"/opendata/datasets/{shown.name}/",
        structured=schema_org.dataset(shown, language) if is_present else None,
    )


def _shown(query: CatalogueQuery, every: Sequence[Listed], language: str) -> CataloguePage:
    """The page's contents, in the active language."""
    found = query.matching(every)
    first = (query.number - 1) * LIMIT
    shown = found[first : first + LIMIT]
    beside = {1: first + LIMIT < len(found), -1: first > 0}
    next_address, previous_address = (
        in_language(query.changed(page=str(query.number + step)).path, language) if is_there else None
        for step, is_there in beside.items()
    )
    return CataloguePage(
        path=query.path,
        text=query.text,
        kept=query.given(without=("text", "page")),
        statistics=[_item(each) for each in shown if isinstance(each, Entry)],
        collections=[_collection(each, language) for each in shown if isinstance(each, Collection)],
        count=len(found),
        groups=list(_groups(query, every, language)),
        chips=list(_chips(query, language)),
        next_address=next_address,
        previous_address=previous_address,
        unfiltered=in_language(CatalogueQuery().path, language) if query.is_filtered else None,
    )


def _item(shown: Entry) -> CatalogueItem:
    judged = quality(shown, timezone.localdate())
    return CatalogueItem(
        record=shown.record,
        files=[_download(file) for file in shown.files],
        newest_period=shown.newest_period,
        score=judged.score,
        criteria=judged.criteria,
        overdue_since=judged.overdue_since.isoformat() if judged.overdue_since else None,
    )


def _collection(shown: Collection, language: str) -> CollectionItem:
    return CollectionItem(
        title=shown.title,
        summary=shown.holds,
        address=in_language(shown.path, language),
        count=shown.records,
        changed_on=timezone.localdate(instant(shown.modified)).isoformat(),
        frequency=FREQUENCY_LABELS[shown.frequency],
        files=[_latest(shown, made, language) for made in FORMATS.values()],
    )


def _groups(query: CatalogueQuery, every: Sequence[Listed], language: str) -> Iterator[ChoiceGroup]:
    """The filters with how many datasets each leaves, the others taken into account. A group with a single choice is
    left out unless it is on.
    """
    kinds = {"statistics": _("Statistics"), "records": _("Records")}
    values: dict[str, tuple[str, Mapping[str, Any], Callable[[Listed], Iterable[str]]]] = {
        "kind": (_("Kind"), kinds, lambda each: [kind_of(each)]),
        "topic": (_("Topic"), TOPICS, lambda each: each.topics),
        "format": (pgettext("of files", "Format"), _CHOSEN, lambda each: each.extensions),
        "frequency": (_("Frequency"), FREQUENCY_LABELS, lambda each: [each.frequency]),
    }
    for name, (title, labels, read_values) in values.items():
        left = query.changed(**{name: ""}).matching(every)
        found = [value for each in left for value in read_values(each)]
        choices = [
            _choice(query, name, value, label, found.count(value), language)
            for value, label in labels.items()
            if value in found or getattr(query, name) == value
        ]
        if len(choices) >= _FEWEST or any(choice.is_on for choice in choices):
            yield ChoiceGroup(title, choices)


def _choice(query: CatalogueQuery, name: str, value: str, label: Any, count: int, language: str) -> Choice:
    is_on = getattr(query, name) == value
    leads_to = query.changed(**{name: "" if is_on else value})
    return Choice(label, in_language(leads_to.path, language), count, is_on)


def _chips(query: CatalogueQuery, language: str) -> Iterator[Choice]:
    """The words, as a link that takes them away; the other filters stand in their groups."""
    if query.text:
        yield Choice(query.text, in_language(query.changed(text="").path, language))


def _download(file: File) -> Download:
    made = file.format
    return Download(
        code=made.code,
        label=FORMAT_LABELS[made.code],
        kind=KINDS[made.extension],
        language=made.language,
        address=file.address,
        filename=file.filename,
        size=file.size,
        sha256=file.sha256,
    )


def _latest(shown: Collection, made: Format, language: str) -> FileLink:
    return FileLink(
        code=made.code,
        label=RECORD_FORMAT_LABELS[made.code],
        kind=KINDS[made.extension],
        language=made.language,
        address=in_language(made.latest(shown.record_type), language),
    )
