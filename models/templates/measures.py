"""The ten measures as far as they are known: what a school starts its own list from."""

from pathlib import Path

import orjson

from models.records.measure import Measure


def load_measures(file: Path) -> list[Measure]:
    """Ten measures by number; those whose name was not seen are left to the school."""
    entries = orjson.loads(file.read_bytes())["measures"]
    return [
        Measure(number=entry["number"], name=entry["name"] or None, text=entry["text"] or None)
        for entry in entries
    ]
