"""Makes what draws the charts in a browser: `python -m scripts.vega_bundle`.

It is the Vega that draws them on the server too, out of the same pinned package, with vega-embed and the interpreter of
expressions that needs no evaluation of code. A test tells when it no longer is.
"""

import sys
from pathlib import Path

import vl_convert

from portal.statistics.drawing import VEGA_LITE

TARGET = Path(__file__).resolve().parents[1] / "portal/site/static/site/vega.js"
_EXPORT = "window.vegaEmbed = vegaEmbed;"


def bundle() -> str:
    """The script; importing it gives the window a ``vegaEmbed``."""
    return vl_convert.javascript_bundle(_EXPORT, vl_version=VEGA_LITE)


def main() -> int:
    """Write the script."""
    script = bundle()
    TARGET.write_text(script, "utf-8")
    print(f"{TARGET.name}: Vega {vl_convert.get_vega_version()}, Vega-Lite {VEGA_LITE}, {len(script):,} characters")
    return 0


if __name__ == "__main__":
    sys.exit(main())
