"""The charts of a dataset for readers: pictures with their words, and the addresses at which they can be had."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from portal.rendering import dates
from portal.rendering.texts import LanguageMap
from portal.statistics import pictures
from portal.statistics.chart_style import PAGE, PHONE
from portal.statistics.pictures import Shown


@dataclass(frozen=True)
class Image:
    """A picture to embed: its address, and its size in pixels."""

    address: str
    width: int
    height: int


@dataclass(frozen=True)
class Figure:
    """A chart. Its images are None where it cannot be drawn, and ``problem`` says why. ``files`` is the address of its
    files without the extension, empty in a preview.
    """

    number: int
    title: LanguageMap
    description: LanguageMap
    period: dates.DateText | None
    image: Image | None
    phone_image: Image | None
    files: str
    file_name: str
    problem: str

    @property
    def anchor(self) -> str:
        """The fragment that leads to this chart on its page."""
        return f"chart-{self.number}"


def figures(record: Mapping[str, Any], charts: Iterable[Shown], language: str, base: str | None) -> list[Figure]:
    """The charts of a ready dataset. ``base`` is what their addresses begin with; without one, in a preview, they are
    drawn at once into the page. Texts of the interface are in the active language.
    """
    return [_figure(record, number, each, language, base) for number, each in enumerate(charts, start=1)]


def _figure(record: Mapping[str, Any], number: int, shown: Shown, language: str, base: str | None) -> Figure:
    def image(layout: str) -> Image | None:
        picture = shown.pictures.get(layout)
        if picture is None:
            return None
        address = f"{base}{number}-{layout}.svg" if base else pictures.inline(picture, shown.declared, language)
        return Image(address, picture.width, picture.height)

    page = shown.pictures.get(PAGE.name)
    problem = gettext("This chart cannot be drawn: %(problem)s") % {"problem": shown.problem} if shown.problem else ""
    return Figure(
        number=number,
        title=shown.declared["title"],
        description=shown.declared["description"],
        period=dates.display_period(page.period, language) if page and page.period else None,
        image=image(PAGE.name),
        phone_image=image(PHONE.name),
        files=f"{base}{number}" if base and page else "",
        file_name=f"{record['uid'].partition(':')[2]}-{number}-{language}",
        problem=problem,
    )
