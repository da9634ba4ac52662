"""How wide words are, and where those of a chart lie: what the tests of all charts look at."""

from itertools import combinations

from models.charts.marks import Box, Chart, Mark, Rule, Shape, Words

SIZE = 10.0
PARTS = {"L": 0.0, "C": 0.5, "R": 1.0}
WIDTHS = (240.0, 400.0, 900.0)


def measure(text: str, size: float) -> float:
    """As wide as paper would say: Chinese characters are square, the rest is half as wide."""
    return sum(size if ord(char) > 0x2E80 else size / 2 for char in text)


def marks_of(chart: Chart, width: float = 400.0, height: float = 0.0) -> list[Mark]:
    return [*chart.marks(width, height or chart.height(SIZE), SIZE, measure)]


def words_in(chart: Chart, width: float = 400.0, height: float = 0.0) -> list[Words]:
    return [mark for mark in marks_of(chart, width, height) if isinstance(mark, Words)]


def texts_in(chart: Chart, width: float = 400.0, height: float = 0.0) -> list[str]:
    return [words.text for words in words_in(chart, width, height)]


def boxes_in(chart: Chart, colour: str, width: float = 400.0, height: float = 0.0) -> list[Box]:
    """The boxes of a colour, but for the square of the legend."""
    marks = marks_of(chart, width, height)
    key = SIZE * 0.85
    return [m for m in marks if isinstance(m, Box) and m.colour == colour and m.height != key]


def rules_in(chart: Chart, colour: str, width: float = 400.0, height: float = 0.0) -> list[Rule]:
    marks = marks_of(chart, width, height)
    return [mark for mark in marks if isinstance(mark, Rule) and mark.colour == colour]


def shapes_in(chart: Chart, colour: str, width: float = 400.0) -> list[Shape]:
    marks = marks_of(chart, width)
    return [mark for mark in marks if isinstance(mark, Shape) and mark.colour == colour]


def assert_all_words_can_be_read(chart: Chart, width: float) -> None:
    """No word is cut off, and none lies upon another."""
    height = chart.height(SIZE)
    rooms = [_room_of(words) for words in words_in(chart, width)]
    for left, right, top, bottom in rooms:
        assert left >= -0.01
        assert right <= width + 0.01
        assert top >= -0.01
        assert bottom <= height + 0.01
    for one, other in combinations(rooms, 2):
        apart = one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2] or other[3] <= one[2]
        assert apart


def _room_of(words: Words) -> tuple[float, float, float, float]:
    left = words.x - measure(words.text, words.size) * PARTS[words.align]
    half = words.size / 2
    return left, left + measure(words.text, words.size), words.y - half, words.y + half
