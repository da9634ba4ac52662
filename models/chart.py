"""Charts as plain descriptions: what to draw, in words, boxes and lines, on any paper or screen.

Lengths are in the unit of the size that is given; y grows downwards. Whoever draws hands in how
wide words are, so that nothing is cut off: what has no room is left out, and the grid tells it.
Every colour has its word in the legend, every bar its number.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from math import ceil, cos, pi, sin
from typing import Literal, NamedTuple, TypeAlias

BLUE, GREEN, ORANGE, RED = "#3B78F0", "#1F9D57", "#E5761A", "#D92D20"
TEAL = "#0E8A8A"
INK, SOFT, LINE, EDGE, PAPER = "#1C2635", "#5D6779", "#E3E7ED", "#C6CDD8", "#FFFFFF"
GRID_LINES = 4
ROUND_STEPS = (1, 2, 3, 4, 5, 6, 8)
SMALLEST = 0.75  # of the size: numbers on narrow bars
PAD = 6.0  # between words and what they belong to
DOT = 0.5  # of the size: a corner of a radar
UPRIGHT = 0.2  # a spoke so steep has its name above or below
MOST_NAMED = 12  # spokes of a radar with room for their names

Align = Literal["L", "C", "R"]
Measure: TypeAlias = Callable[[str, float], float]


class Box(NamedTuple):
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    colour: str


class Rule(NamedTuple):
    """A thin line."""

    x: float
    y: float
    to_x: float
    to_y: float
    colour: str


class Words(NamedTuple):
    """One line of text; x is its left end, middle or right end, y the middle of its height."""

    text: str
    x: float
    y: float
    size: float
    align: Align
    colour: str


Mark: TypeAlias = Box | Rule | Words


class Series(NamedTuple):
    """One row of numbers: its name in the legend, its colour, a value for each group.

    None is a value that is not known: it has no bar, and is no zero.
    """

    name: str
    colour: str
    values: Sequence[int | Decimal | None]


@dataclass(frozen=True, slots=True)
class Columns:
    """Upright bars side by side in each group, as found against closed by month.

    `highest` is where the scale ends, where that is known; else it follows the values.
    """

    title: str
    unit: str
    groups: Sequence[str]
    series: Sequence[Series]
    highest: int = 0

    def spoken(self) -> str:
        """Every number in words, for those who cannot see it."""
        return _spoken(self.groups, self.series)

    def height(self, size: float) -> float:
        """How high it likes to be with words of this size."""
        return size * 15

    def marks(self, width: float, height: float, size: float, measure: Measure) -> Iterator[Mark]:
        """The chart within this room."""
        legend = [*_legend(self.series, self.unit, width, size, measure)]
        top = max((mark.y for mark in legend), default=0.0) + size * 2.4
        known = [value or 0 for row in self.series for value in row.values]
        end = self.highest or scale_end(ceil(max(known, default=0)))
        left = measure(str(end), size) + PAD
        bottom = height - size * 1.8
        yield from legend
        for line in range(GRID_LINES + 1):
            y = bottom - (bottom - top) * line / GRID_LINES
            yield Rule(left, y, width, y, LINE if line else EDGE)
            yield Words(str(end * line // GRID_LINES), left - PAD, y, size, "R", SOFT)
        slot = (width - left) / max(len(self.groups), 1)
        yield from self._names(left, slot, width, bottom, size, measure)
        bar = min(size * 2.4, slot * 0.8 / max(len(self.series), 1))
        widest = max((measure(str(value), size) for value in known), default=size)
        number = size * max(SMALLEST, min(1.0, bar / widest))
        unit = (bottom - top) / end
        for at in range(len(self.groups)):
            x = left + (at + 0.5) * slot - bar * len(self.series) / 2
            for row in self.series:
                text, high = _said(row.values[at]), float(row.values[at] or 0) * unit
                yield Box(x + bar * 0.06, bottom - high, bar * 0.88, high, row.colour)
                if measure(text, number) <= bar:
                    middle = bottom - high - size * 0.7
                    yield Words(text, x + bar / 2, middle, number, "C", INK)
                x += bar

    def _names(
        self, left: float, slot: float, width: float, bottom: float, size: float, measure: Measure
    ) -> Iterator[Mark]:
        """The names of the groups; where they have no room some are left out, never the last."""
        widest = max((measure(group, size) for group in self.groups), default=0.0)
        every = int((widest + PAD) // slot) + 1
        for at, group in enumerate(self.groups):
            if (len(self.groups) - 1 - at) % every == 0:
                middle = min(left + (at + 0.5) * slot, width - measure(group, size) / 2)
                yield Words(group, middle, bottom + size, size, "C", SOFT)


@dataclass(frozen=True, slots=True)
class Rows:
    """A lying bar for each group, made of one piece a series, as categories by state."""

    title: str
    unit: str
    groups: Sequence[str]
    series: Sequence[Series]

    def spoken(self) -> str:
        """Every number in words, for those who cannot see it."""
        return _spoken(self.groups, self.series)

    def height(self, size: float) -> float:
        """How high it likes to be with words of this size."""
        return size * (3 + 1.9 * max(len(self.groups), 1))

    def marks(self, width: float, height: float, size: float, measure: Measure) -> Iterator[Mark]:
        """The chart within this room."""
        legend = [*_legend(self.series, self.unit, width, size, measure)]
        top = max((mark.y for mark in legend), default=0.0) + size * 1.2
        yield from legend
        totals = [sum(row.values[at] or 0 for row in self.series) for at in range(len(self.groups))]
        most = max([1, *totals])
        left = max((measure(group, size) for group in self.groups), default=0.0) + PAD
        right = width - measure(str(most), size) - PAD
        slot = (height - top) / max(len(self.groups), 1)
        yield Rule(left, top, left, height, EDGE)
        for at, group in enumerate(self.groups):
            y = top + slot * (at + 0.5)
            yield Words(group, left - PAD, y, size, "R", INK)
            x = left
            for row in self.series:
                piece = (right - left) * float(row.values[at] or 0) / float(most)
                yield Box(x, y - slot * 0.36, piece, slot * 0.72, row.colour)
                yield Rule(x + piece, y - slot * 0.36, x + piece, y + slot * 0.36, PAPER)
                number = _said(row.values[at])
                if measure(number, size) + 2 < piece:
                    yield Words(number, x + piece / 2, y, size, "C", PAPER)
                x += piece
            yield Words(str(totals[at]), x + PAD, y, size, "L", INK)


@dataclass(frozen=True, slots=True)
class Radar:
    """Shares of a whole, in percent, on spokes: scores by category. At least three groups."""

    title: str
    unit: str
    groups: Sequence[str]
    series: Sequence[Series]

    def spoken(self) -> str:
        """Every number in words, for those who cannot see it."""
        return _spoken(self.groups, self.series)

    def height(self, size: float) -> float:
        """How high it likes to be with words of this size."""
        return size * 26

    def marks(self, width: float, height: float, size: float, measure: Measure) -> Iterator[Mark]:
        """The chart within this room; where names have none, their numbers stand for them."""
        legend = [*_legend(self.series, self.unit, width, size, measure)]
        top = max((mark.y for mark in legend), default=0.0) + size
        yield from legend
        spokes = [*self._spokes()]
        names = [*self._names(width, size, measure)]
        beside = max((measure(name, size) for name in names), default=0.0) + PAD
        radius = min((height - top) / 2 - size * 2, width / 2 - beside)
        x, y = width / 2, (top + height) / 2
        for line in range(1, GRID_LINES + 1):
            colour = EDGE if line == GRID_LINES else LINE
            yield from _ring(x, y, [(a, b, radius * line / GRID_LINES) for a, b in spokes], colour)
        yield from (Rule(x, y, x + a * radius, y + b * radius, LINE) for a, b in spokes)
        for row in self.series:
            shares = [float(value or 0) / 100 for value in row.values]
            far = [(a, b, radius * v) for (a, b), v in zip(spokes, shares, strict=True)]
            yield from _ring(x, y, far, row.colour)
            dot = size * DOT
            for a, b, long in far:
                yield Box(x + a * long - dot / 2, y + b * long - dot / 2, dot, dot, row.colour)
        for name, (a, b) in zip(names, spokes, strict=True):
            align: Align = "C" if abs(a) < UPRIGHT else "L" if a > 0 else "R"
            yield Words(name, x + a * (radius + PAD), y + b * (radius + size), size, align, INK)

    def _spokes(self) -> Iterator[tuple[float, float]]:
        """Directions from the middle, the first upwards, then clockwise."""
        for at in range(len(self.groups)):
            angle = 2 * pi * at / len(self.groups) - pi / 2
            yield cos(angle), sin(angle)

    def _names(self, width: float, size: float, measure: Measure) -> Iterator[str]:
        """Each group with its numbers: as they are, or counted where too little room is left."""
        marks = ["/".join(str(row.values[at]) for row in self.series) for at in range(self._count)]
        whole = [f"{group} {mark}" for group, mark in zip(self.groups, marks, strict=True)]
        fits = max((measure(name, size) for name in whole), default=0.0) < width / 3
        crowded = self._count > MOST_NAMED
        short = [f"{at}" for at in range(1, self._count + 1)]
        yield from whole if fits and not crowded else short

    @property
    def _count(self) -> int:
        return len(self.groups)


def _ring(
    x: float, y: float, far: Sequence[tuple[float, float, float]], colour: str
) -> Iterator[Rule]:
    """The closed line through points in given directions, each so far from the middle."""
    points = [(x + a * long, y + b * long) for a, b, long in far]
    for (from_x, from_y), (to_x, to_y) in pairwise([*points, *points[:1]]):
        yield Rule(from_x, from_y, to_x, to_y, colour)


Chart: TypeAlias = Columns | Rows | Radar


def scale_end(highest: int) -> int:
    """Round up to a number whose quarters are whole and easy to read."""
    power = 1
    while True:
        for step in ROUND_STEPS:
            if highest <= GRID_LINES * step * power:
                return GRID_LINES * step * power
        power *= 10


def _said(value: int | Decimal | None) -> str:
    return "—" if value is None else str(value)


def _spoken(groups: Sequence[str], series: Sequence[Series]) -> str:
    return "；".join(
        f"{group}：" + "，".join(f"{row.name} {_said(row.values[at])}" for row in series)
        for at, group in enumerate(groups)
    )


def _legend(
    series: Sequence[Series], unit: str, width: float, size: float, measure: Measure
) -> Iterator[Mark]:
    """The words of the colours, on as many lines as they need, and behind them the unit."""
    x, y, key = 0.0, size, size * 0.85
    for row in series:
        needed = key + PAD + measure(row.name, size)
        if x and x + needed > width:
            x, y = 0.0, y + size * 1.5
        yield Box(x, y - key / 2, key, key, row.colour)
        yield Words(row.name, x + key + PAD, y, size, "L", SOFT)
        x += needed + size * 1.5
    if unit:
        words = f"单位：{unit}"
        if x and x + measure(words, size) > width:
            y += size * 1.5
        yield Words(words, width, y, size, "R", SOFT)
