"""What is made true before the portal serves is made once, and again when what it depends on has changed."""

import pytest

from scripts import preparation


@pytest.fixture
def collected(settings, tmp_path, monkeypatch) -> list[str]:
    """The theme of each time that static files were collected."""
    times = []
    settings.STATIC_ROOT = tmp_path
    monkeypatch.setattr(preparation, "call_command", lambda name, **options: times.append(settings.PORTAL_THEME))
    return times


def test_static_files_are_collected_once_for_a_theme(collected, settings):
    for theme in ("default", "default", "harbour", "harbour", "default"):
        settings.PORTAL_THEME = theme
        preparation.collect_static()
    assert collected == ["default", "harbour", "default"]


def test_static_files_are_collected_again_when_one_has_changed(collected, monkeypatch):
    preparation.collect_static()
    monkeypatch.setattr(preparation, "digest_of", lambda patterns: "another")
    preparation.collect_static()
    assert len(collected) == 2
