"""Themes: what one does not have is taken from the one that it extends."""

from pathlib import Path

import pytest

from portal.rendering.theme import ThemeError, read


def make(root: Path, name: str, about: str, **templates: str) -> None:
    folder = root / name / "templates"
    folder.mkdir(parents=True)
    (root / name / "theme.toml").write_text(about, "utf-8")
    for template, text in templates.items():
        (folder / f"{template}.html").write_text(text, "utf-8")


def test_a_theme_extends_another(tmp_path):
    make(tmp_path, "plain", '[identity]\nname = "P"\nowner = "O"', one="plain one", two="plain two")
    make(tmp_path, "own", 'extends = "plain"\n[identity]\nname = "Own"', two="own two")
    theme = read("own", tmp_path)
    assert [folder.name for folder in theme.folders] == ["own", "plain"]
    assert theme.identity == {"name": "Own", "owner": "O"}
    assert theme.render("one.html", {}) == "plain one"
    assert theme.render("two.html", {}) == "own two"


def test_the_digest_follows_every_file(tmp_path):
    make(tmp_path, "plain", "", one="one")
    before = read("plain", tmp_path).digest
    (tmp_path / "plain" / "templates" / "one.html").write_text("two", "utf-8")
    assert read("plain", tmp_path).digest != before


@pytest.mark.parametrize("about", ['extends = "gone"', 'extends = "round"'])
def test_a_theme_that_cannot_be_read_is_refused(tmp_path, about):
    make(tmp_path, "round", about)
    with pytest.raises(ThemeError):
        read("round", tmp_path)


def test_templates_know_nothing_of_the_request_or_the_user(tmp_path):
    make(tmp_path, "plain", "", one="{{ request }}{{ user }}{{ csrf_token }}|{{ given }}")
    assert read("plain", tmp_path).render("one.html", {"given": "<x>"}) == "|&lt;x&gt;"
