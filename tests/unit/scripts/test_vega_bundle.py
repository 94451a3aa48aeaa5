"""What draws charts in a browser is what draws them on the server."""

from scripts.vega_bundle import TARGET, bundle


def test_the_script_is_that_of_the_pinned_package():
    assert TARGET.read_text("utf-8") == bundle(), "python -m scripts.vega_bundle"
