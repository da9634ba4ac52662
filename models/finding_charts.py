"""The charts of findings, the same on the screen and on paper."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from models.charts.columns import Columns
from models.charts.donut import Donut, Share
from models.charts.marks import BLUE, GREEN, ORANGE, RED, TEAL
from models.charts.rows import Rows
from models.charts.series import Series
from models.records.finding import LEVELS
from models.records.workflow import RECTIFIED_STATES

WORDS = ("已销号", "已整改待销号", "整改中", "逾期未整改")
COLOURS = (GREEN, BLUE, ORANGE, RED)
UNGRADED = "未定级"


class Standings(NamedTuple):
    """How many findings stand where; each is counted once."""

    closed: int
    rectified: int  # and not closed yet
    open: int  # and not overdue
    overdue: int


def standings(findings: Iterable[tuple[str, bool]]) -> Standings:
    """Count pairs of state and overdue."""
    counts = [0, 0, 0, 0]
    for state, overdue in findings:
        if state == "closed":
            counts[0] += 1
        elif state in RECTIFIED_STATES:
            counts[1] += 1
        else:
            counts[3 if overdue else 2] += 1
    return Standings(*counts)


def by_category(title: str, unit: str, rows: Mapping[str, Standings]) -> Rows:
    """How the findings of each category stand; what has none is left out."""
    named = {name: counts for name, counts in rows.items() if any(counts)}
    series = [
        Series(word, colour, [counts[at] for counts in named.values()])
        for at, (word, colour) in enumerate(zip(WORDS, COLOURS, strict=True))
    ]
    return Rows(title, unit, [*named], series)


def by_standing(title: str, unit: str, groups: Iterable[Standings]) -> Donut:
    """How the findings of all groups together stand."""
    totals = [sum(counts) for counts in zip(Standings(0, 0, 0, 0), *groups, strict=True)]
    return Donut(title, unit, [*map(Share, WORDS, COLOURS, totals)])


def by_level(title: str, unit: str, counts: Mapping[str, int]) -> Donut:
    """How many are of each level, by its code; any other is none that we know."""
    known = [
        Share(name, colour, counts.get(level, 0))
        for (level, name), colour in zip(LEVELS.items(), (BLUE, RED), strict=True)
    ]
    others = sum(count for level, count in counts.items() if level not in LEVELS)
    return Donut(title, unit, [*known, Share(UNGRADED, TEAL, others)])


def trend(title: str, unit: str, months: Sequence[tuple[str, int, int]]) -> Columns:
    """(2026-11, found, closed) a month."""
    return Columns(
        title,
        unit,
        [f"{int(name[5:])}月" for name, _found, _closed in months],
        [
            Series("发现", BLUE, [found for _name, found, _closed in months]),
            Series("销号", GREEN, [closed for _name, _found, closed in months]),
        ],
    )
