"""The outlines of the harbour chart, as the script makes them of a file of Natural Earth."""

import json

from scripts import land


def test_outlines_lose_what_no_drawing_shows(tmp_path, monkeypatch, capsys):
    straight = [[121.0 + step / 100, 23.0] for step in range(200)]
    island = [*straight, [123.0, 25.0], [121.0, 25.0], [121.0, 23.0]]
    at_the_date_line = [[170.0, 66.0], [180.0, 66.0], [180.0, 67.0], [180.0, 68.0], [170.0, 68.0], [170.0, 66.0]]
    speck = [[130.0, 10.0], [130.01, 10.0], [130.01, 10.01], [130.0, 10.0]]
    polygons = [
        {"geometry": {"type": "Polygon", "coordinates": [island]}},
        {"geometry": {"type": "MultiPolygon", "coordinates": [[at_the_date_line], [speck]]}},
    ]
    given, made = tmp_path / "land.geojson", tmp_path / "land.json"
    given.write_text(json.dumps({"features": polygons}))
    monkeypatch.setattr(land, "TARGET", made)
    monkeypatch.setattr("sys.argv", ["land", str(given)])
    land.main()
    written = json.loads(made.read_text())
    assert "public domain" in written["source"]
    whole, seam = written["rings"]
    assert len(whole) < 2 * 20
    assert whole[:2] == [12100, 2300]
    assert seam == [17000, 6600, 1000, 0, 0, 100, 0, 100, -1000, 0]
    assert capsys.readouterr().out.startswith("2 outlines, ")
