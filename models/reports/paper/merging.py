"""Cells that go on over several rows: equal texts below each other in the columns to merge."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

# A longer text stays in each of its rows: merged, it could not be repeated on every page.
MOST_LINES = 6


class Run(NamedTuple):
    """Rows from one up to another that share a cell, and how many lines its text has."""

    first: int
    end: int
    lines: int


Runs: TypeAlias = dict[int, tuple[Run | None, ...]]


def find_runs(
    rows: Sequence[Sequence[str]], merged: Sequence[int], lines_of: Callable[[int, str], int]
) -> Runs:
    """By row, the run of each column or None; a row without texts parts all runs.

    A run ends where one of a column further to the left ends. What is empty is not merged.
    """
    found: Runs = {}
    edges = {0, len(rows)}
    for column in sorted(merged):
        texts = [row[column] if row else None for row in rows]
        edges |= {at for at, (one, other) in enumerate(pairwise(texts), 1) if one != other}
        for first, end in pairwise(sorted(edges)):
            text = texts[first]
            if not text or end - first < 2 or (lines := lines_of(column, text)) > MOST_LINES:
                continue
            for at in range(first, end):
                runs = [*found.get(at, [None] * len(rows[at]))]
                runs[column] = Run(first, end, lines)
                found[at] = tuple(runs)
    return found
