"""The picture of a self-assessment, the same on screen and paper."""

from collections.abc import Sequence
from typing import Protocol

from models.charts.marks import BLUE, ORANGE
from models.charts.radar import Radar
from models.charts.series import Series

FEWEST = 3  # spokes of a radar


class ScoredPart(Protocol):
    """A category in percent of its full marks; None where nothing was scored."""

    @property
    def name(self) -> str: ...
    @property
    def own(self) -> int | None: ...
    @property
    def peer(self) -> int | None: ...


def in_words(parts: Sequence[ScoredPart]) -> str:
    """Each category with both shares, numbered as its spoke is where names have no room."""
    told = [
        f"{at} {part.name} {_percent(part.own)}/{_percent(part.peer)}"
        for at, part in enumerate(parts, 1)
    ]
    return f"得分率（自评/互评，%）：{'；'.join(told)}。" if told else ""


def _percent(share: int | None) -> str:
    return "—" if share is None else str(share)


def radar(parts: Sequence[ScoredPart]) -> Radar | None:
    """Own and peer scores; one that lacks a category is left out, and with it may be the chart."""
    rows = [("自评", BLUE, [part.own for part in parts]), ("互评", ORANGE, [p.peer for p in parts])]
    series = [
        Series(name, colour, [mark for mark in marks if mark is not None])
        for name, colour, marks in rows
        if None not in marks
    ]
    if len(parts) < FEWEST or not series:
        return None
    return Radar("各类得分率", "%", [part.name for part in parts], series)
