"""The addresses of videos that pages may show, however they were copied; nothing else gets in."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.videos import ORIGINS, video_at

_ID = "dQw4w9WgXcQ"


@pytest.mark.parametrize(
    "address",
    [
        f"https://www.youtube.com/watch?v={_ID}",
        f"https://youtube.com/watch?t=10s&v={_ID}&list=x",
        f"http://m.youtube.com/watch?v={_ID}",
        f"https://youtu.be/{_ID}?si=abc",
        f"https://www.youtube.com/embed/{_ID}",
        f"https://www.youtube.com/shorts/{_ID}/",
        f"https://www.youtube.com/live/{_ID}?feature=share",
        f"  https://www.youtube-nocookie.com/embed/{_ID}  ",
        f"https://YOUTUBE.com/watch?v={_ID}",
    ],
)
def test_one_video_has_one_address(address):
    video = video_at(address)
    assert video.page == f"https://www.youtube.com/watch?v={_ID}"
    assert video.player == f"https://www.youtube-nocookie.com/embed/{_ID}"


@pytest.mark.parametrize("address", ["https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?h=1"])
def test_vimeo(address):
    video = video_at(address)
    assert (video.page, video.player) == (
        "https://vimeo.com/76979871",
        "https://player.vimeo.com/video/76979871?dnt=1",
    )


@pytest.mark.parametrize(
    "address",
    [
        "",
        "youtube",
        f"https://evil.example/watch?v={_ID}",
        f"https://youtube.com.evil.example/watch?v={_ID}",
        f"https://www.youtube.com@evil.example/watch?v={_ID}",
        f"javascript://youtube.com/watch?v={_ID}",
        "https://www.youtube.com/watch?v=short",
        f'https://www.youtube.com/watch?v={_ID}"><script>',
        "https://www.youtube.com/channel/UCabcdefghijk",
        "https://vimeo.com/channels/staffpicks",
        "https://[::1/watch",
    ],
)
def test_nothing_else(address):
    assert video_at(address) is None


@given(st.text() | st.from_regex(r"https?://(www\.)?(youtube\.com|youtu\.be|vimeo\.com)/.{0,40}", fullmatch=True))
def test_only_known_players_are_ever_framed(address):
    video = video_at(address)
    if video is not None:
        assert video.player.startswith(tuple(f"{origin}/" for origin in ORIGINS))
        assert re.fullmatch(r"https://(www\.youtube\.com/watch\?v=[\w-]{11}|vimeo\.com/[0-9]{6,12})", video.page)
        assert video_at(video.page) == video
