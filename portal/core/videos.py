"""Videos that pages may show: those of a few providers, each by the one address of its own page.

Nothing is asked of a provider before a reader wants to see the video; then only its player may be framed.
"""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Provider:
    """Who shows a video. ``page`` and ``player`` are its addresses with the video's id, ``origin`` is where the player
    comes from; ``paths`` find the id in the addresses that people copy, by host.
    """

    name: str
    page: str
    player: str
    origin: str
    hosts: frozenset[str]
    paths: re.Pattern[str]

    def id_in(self, path: str, query: str) -> str | None:
        """The video's id in the path and query of an address of this provider."""
        named = parse_qs(query).get("v", [""])[0] if path == "/watch" else ""
        found = self.paths.fullmatch(f"/{named}" if named else path)
        return found[1] if found else None


PROVIDERS = (
    Provider(
        name="YouTube",
        page="https://www.youtube.com/watch?v={}",
        # Without cookies for whoever does not play the video.
        player="https://www.youtube-nocookie.com/embed/{}",
        origin="https://www.youtube-nocookie.com",
        hosts=frozenset({"youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be", "www.youtube-nocookie.com"}),
        paths=re.compile(r"/(?:embed/|live/|shorts/)?([A-Za-z0-9_-]{11})/?"),
    ),
    Provider(
        name="Vimeo",
        page="https://vimeo.com/{}",
        player="https://player.vimeo.com/video/{}?dnt=1",
        origin="https://player.vimeo.com",
        hosts=frozenset({"vimeo.com", "www.vimeo.com", "player.vimeo.com"}),
        paths=re.compile(r"/(?:video/)?([0-9]{6,12})/?"),
    ),
)
#: What pages may frame.
ORIGINS = tuple(provider.origin for provider in PROVIDERS)


@dataclass(frozen=True)
class Video:
    """A video at its provider."""

    provider: Provider
    id: str

    @property
    def page(self) -> str:
        """The address of its own page: what a document holds."""
        return self.provider.page.format(self.id)

    @property
    def player(self) -> str:
        """The address of its player."""
        return self.provider.player.format(self.id)


def video_at(address: str) -> Video | None:
    """The video that an address leads to, however it was copied; None where it is of no provider on the list."""
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme not in ("http", "https"):
        return None
    for provider in PROVIDERS:
        if host in provider.hosts and (id := provider.id_in(parts.path, parts.query)):
            return Video(provider, id)
    return None
