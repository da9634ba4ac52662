"""Rows of numbers, and how they are told apart: by colour and, where there is none, by a sign.

A print in black and white tells series by stripes (boxes), or by points and dashes (lines).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import cos, pi, sin
from typing import NamedTuple, TypeAlias

from models.charts.marks import (
    PAPER,
    SOFT,
    Box,
    Mark,
    Measure,
    Point,
    Rule,
    Shape,
    Words,
    shortened,
)

GRID_LINES = 4
ROUND_STEPS = (1, 2, 3, 4, 5, 6, 8)
SMALLEST = 0.75  # of the size: numbers that have little room
PAD = 0.5  # of the size: between words and what they belong to
MOST_STRIPES = 4  # more are not counted at a glance
KEY = 0.85  # of the size: the square of a legend
SIGN = 0.3  # of the size: half of a point on a line
THICK = 2.5  # times a thin line: a series
# Corners of a point, from the middle; the last is round.
SIGNS: Sequence[Sequence[Point]] = (
    ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    ((0.0, -1.2), (1.15, 0.85), (-1.15, 0.85)),
    ((0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)),
    ((0.0, 1.2), (1.15, -0.85), (-1.15, -0.85)),
    tuple((cos(pi * at / 12), sin(pi * at / 12)) for at in range(24)),
)
DASHES: Sequence[Sequence[float]] = ((), (0.6, 0.3), (0.2, 0.25), (1.0, 0.3, 0.2, 0.3), (0.35, 0.5))

Number: TypeAlias = int | Decimal
# The sign of a series in a legend: by its place, left end, middle of its height, size, colour.
Key: TypeAlias = Callable[[int, float, float, float, str], Iterator[Mark]]


class Series(NamedTuple):
    """One row of numbers: its name in the legend, its colour, a value for each group.

    None is a value that is not known: it has no bar, and is no zero.
    """

    name: str
    colour: str
    values: Sequence[Number | None]


@dataclass(frozen=True, slots=True)
class SeriesChart:
    """What charts of series have in common: each series has one value for each group."""

    title: str
    unit: str
    groups: Sequence[str]
    series: Sequence[Series]

    def spoken(self) -> str:
        """Every number in words, for those who cannot see it."""
        return "；".join(
            f"{group}：" + "，".join(f"{row.name} {said(row.values[at])}" for row in self.series)
            for at, group in enumerate(self.groups)
        )


def said(value: Number | None) -> str:
    """The number as it is shown; — where it is not known."""
    return "—" if value is None else str(value)


def scale_end(highest: int) -> int:
    """Round up to a number whose quarters are whole and easy to read."""
    power = 1
    while True:
        for step in ROUND_STEPS:
            if highest <= GRID_LINES * step * power:
                return GRID_LINES * step * power
        power *= 10


def stripes(at: int) -> list[float]:
    """Where the series at this place has white lines, in parts of its breadth: none, one …"""
    count = at % (MOST_STRIPES + 1)
    return [line / (count + 1) for line in range(1, count + 1)]


def striped(box: Box, at: int, upright: bool = False) -> Iterator[Mark]:
    """A box of the series at this place, its white lines along it."""
    x, y, width, height, _colour = box
    yield box
    for part in stripes(at):
        if upright:
            yield Rule(x + width * part, y, x + width * part, y + height, PAPER)
        else:
            yield Rule(x, y + height * part, x + width, y + height * part, PAPER)


def square(at: int, x: float, y: float, size: float, colour: str) -> Iterator[Mark]:
    """The square of a series in a legend; y is its middle."""
    side = size * KEY
    yield from striped(Box(x, y - side / 2, side, side, colour), at)


def point(at: int, x: float, y: float, size: float, colour: str) -> Shape:
    """A point on the line of a series."""
    half = size * SIGN
    return Shape([(x + a * half, y + b * half) for a, b in SIGNS[at % len(SIGNS)]], colour)


def stroke(at: int, start: Point, end: Point, size: float, colour: str) -> Rule:
    """A piece of the line of a series."""
    dash = [part * size for part in DASHES[at % len(DASHES)]]
    return Rule(*start, *end, colour, THICK, dash)


def dashed(at: int, x: float, y: float, size: float, colour: str) -> Iterator[Mark]:
    """A piece of line with its point in a legend; y is its middle."""
    yield stroke(at, (x, y), (x + size * 2, y), size, colour)
    yield point(at, x + size, y, size, colour)


def legend(
    series: Sequence[Series],
    unit: str,
    width: float,
    size: float,
    measure: Measure,
    key: Key = square,
) -> tuple[list[Mark], float]:
    """The words of the colours, on as many lines as they need, behind them the unit.

    Also gives the middle of the last line, 0 where there is none.
    """
    x, y, side = 0.0, size, size * (KEY if key is square else 2)
    marks: list[Mark] = []
    for at, row in enumerate(series):
        needed = side + size * PAD + measure(row.name, size)
        if x and x + needed > width:
            x, y = 0.0, y + size * 1.5
        marks += [
            *key(at, x, y, size, row.colour),
            Words(row.name, x + side + size * PAD, y, size, "L", SOFT),
        ]
        x += needed + size * 1.5
    if unit:
        words = f"单位：{unit}"
        if x and x + measure(words, size) > width:
            y += size * 1.5
        marks.append(Words(words, width, y, size, "R", SOFT))
    return marks, y if marks else 0.0


def in_slots(
    texts: Sequence[str],
    start: Point,
    slot: float,
    size: float,
    measure: Measure,
    colour: str = SOFT,
    every: int = 1,
) -> Iterator[Words]:
    """Texts in the middle of slots of equal width from a point on, each so many-th of them.

    The last, the newest, is always among them, and none reaches beyond the slots.
    """
    (left, y), right = start, start[0] + slot * len(texts)
    for at, text in enumerate(texts):
        if (len(texts) - 1 - at) % every == 0:
            text = shortened(text, size, right - left, measure)
            half = measure(text, size) / 2
            middle = max(left + half, min(left + (at + 0.5) * slot, right - half))
            yield Words(text, middle, y, size, "C", colour)


def fitting(
    texts: Sequence[str], slot: float, size: float, measure: Measure, gap: float = PAD
) -> int:
    """Each how many of the texts have room in slots of this width."""
    widest = max((measure(text, size) for text in texts), default=0.0)
    moved = max(widest - slot, 0.0)  # the first and the last one, to stay within their slots
    return int((widest + moved + size * gap) // slot) + 1
