"""What charts are made of: boxes, shapes, lines and words, on any paper or screen.

Lengths are in the unit of the size that is given; y grows downwards. Whoever draws hands in how
wide words are, so that nothing is cut off: what has no room is left out, and the grid tells it.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple, Protocol, TypeAlias

BLUE, GREEN, ORANGE, RED = "#3B78F0", "#1F9D57", "#E5761A", "#D92D20"
TEAL = "#0E8A8A"
INK, SOFT, LINE, EDGE, PAPER = "#1C2635", "#5D6779", "#E3E7ED", "#C6CDD8", "#FFFFFF"

Align = Literal["L", "C", "R"]
Measure: TypeAlias = Callable[[str, float], float]
Point: TypeAlias = tuple[float, float]


class Box(NamedTuple):
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    colour: str


class Shape(NamedTuple):
    """A filled polygon; a circle is one with many corners."""

    points: Sequence[Point]
    colour: str


class Rule(NamedTuple):
    """A line, so many times as thick as a thin one; `dash` are lengths of strokes and gaps."""

    x: float
    y: float
    to_x: float
    to_y: float
    colour: str
    weight: float = 1.0
    dash: Sequence[float] = ()


class Words(NamedTuple):
    """One line of text; x is its left end, middle or right end, y the middle of its height."""

    text: str
    x: float
    y: float
    size: float
    align: Align
    colour: str


Mark: TypeAlias = Box | Shape | Rule | Words


class Chart(Protocol):
    """Whatever can be drawn as a chart."""

    @property
    def title(self) -> str:
        """What it shows."""

    def spoken(self) -> str:
        """Every number in words, for those who cannot see it."""

    def height(self, size: float) -> float:
        """How high it likes to be with words of this size."""

    def marks(self, width: float, height: float, size: float, measure: Measure) -> Iterator[Mark]:
        """The chart within this room."""


def path(points: Sequence[Point], colour: str) -> Iterator[Rule]:
    """The thin line through these points."""
    for (x, y), (to_x, to_y) in pairwise(points):
        yield Rule(x, y, to_x, to_y, colour)


def shortened(text: str, size: float, room: float, measure: Measure) -> str:
    """The text, its end replaced by “…” where it is too wide."""
    if measure(text, size) <= room:
        return text
    while text and measure(text + "…", size) > room:
        text = text[:-1]
    return text + "…"
