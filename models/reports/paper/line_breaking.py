"""Where Chinese lines may end: 避头尾 on both sides, and words, numbers and units stay whole."""

from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

NEVER_FIRST = frozenset("，。、；：？！”’）》〉」』】〕］｝〗…～‐–％‰℃·•ー々,.;:?!)]}%")
NEVER_LAST = frozenset("“‘（《〈「『【〔［｛〖([{$¥￥£€№")
JOINERS = frozenset("-/\\_@#&+±*=.:'’~^°′″")
UNITS = frozenset("㎡㎥㎜㎝㎞㎏㎎℃℉‰%％")
UNBREAKABLE_PAIRS = frozenset(("——", "……"))
PAST_CYRILLIC = "\u0530"
SLACK = 1e-6  # widths are sums of floats


class Line(NamedTuple):
    """One line: text[start:end], how wide it is, and whether its paragraph ends here."""

    start: int
    end: int
    width: float
    last: bool


class Ends(NamedTuple):
    """Marks that may stand at the end of a line without the blank behind them, and its width."""

    marks: Container[str] = ""
    blank: float = 0.0

    def spare(self, advance: float) -> float:
        """What a mark can give up; nothing where the next one has taken it already."""
        return min(self.blank, max(advance - self.blank, 0))


NO_ENDS = Ends()


def break_lines(
    text: str,
    advances: Iterable[float],
    width: float,
    first_width: float | None = None,
    ends: Ends = NO_ENDS,
) -> list[Line]:
    """Break the text into lines of that width; a paragraph's first may have another."""
    reach = list(accumulate(advances, initial=0.0))
    first_width = width if first_width is None else first_width
    lines: list[Line] = []
    start = 0
    for part in text.split("\n"):
        stop = start + len(part)
        lines += _paragraph(text, reach, start, stop, (first_width, width), ends)
        start = stop + 1
    return lines


def may_break(text: str, at: int, start: int = 0) -> bool:
    """Whether a line that began at `start` may end before text[at]."""
    if text[at] == " ":
        return False
    left = at - 1
    while left >= start and text[left] == " ":
        left -= 1
    if left < start or not _parted(text[left], text[at]):
        return False
    blanks = at - 1 - left
    if blanks:
        return blanks > 1 or not _number_and_unit(text[left], text[at])
    return not _in_word(text[left], text[at])


def _paragraph(
    text: str,
    reach: list[float],
    start: int,
    stop: int,
    widths: tuple[float, float],
    ends: Ends,
) -> Iterator[Line]:
    room, width = widths
    while True:
        limit = reach[start] + max(room, 0) + SLACK
        fit = bisect_right(reach, limit, start, stop + 1) - 1
        if fit < stop and text[fit] in ends.marks:  # it may have room, only its blank has none
            fit += reach[fit + 1] - ends.spare(reach[fit + 1] - reach[fit]) <= limit
        following = stop if fit >= stop else _cut(text, start, max(fit, start + 1), stop)
        end = start + len(text[start:following].rstrip(" ")) if fit < stop else stop
        yield Line(start, end, min(reach[end] - reach[start], room), following == stop)
        if following == stop:
            return
        start, room = following, width


def _cut(text: str, start: int, fit: int, stop: int) -> int:
    """Where the next line begins, given that the characters before `fit` have room."""
    after = fit
    while after < stop and text[after] == " ":  # blanks may hang over the edge
        after += 1
    if after == stop:
        return stop
    for at in range(after, start, -1):
        if may_break(text, at, start):
            return at
    for at in range(fit, start, -1):  # a word longer than the line is cut, its marks still kept
        if " " not in text[at - 1 : at + 1] and _parted(text[at - 1], text[at]):
            return at
    return fit


def _parted(left: str, right: str) -> bool:
    return right not in NEVER_FIRST and left not in NEVER_LAST


def _is_word(char: str) -> bool:
    return (char < PAST_CYRILLIC and char.isalnum()) or char in UNITS


def _in_word(left: str, right: str) -> bool:
    if _is_word(right):
        return _is_word(left) or left in JOINERS or (left == "," and right.isdigit())
    return (right in JOINERS and _is_word(left)) or left + right in UNBREAKABLE_PAIRS


def _number_and_unit(left: str, right: str) -> bool:
    """Whether the blank stands inside “GB 50016” or “12 kg”."""
    if right.isdigit():
        return left.isupper() and left < PAST_CYRILLIC
    return left.isdigit() and _is_word(right)
