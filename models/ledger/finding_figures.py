"""The figures of what a filter shows, counted where they lie: by category and state,
by level, by month."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import chain, repeat

from models.ledger.finding_filter import LATE, FindingFilter
from models.ledger.findings import listed
from models.ledger.ledger import Ledger
from models.records.periods import latest


class FindingFigures:
    """The figures of one filter and search on one day."""

    def __init__(self, ledger: Ledger, chosen: FindingFilter, today: date, words: str = "") -> None:
        self._ledger = ledger
        source, self._args = listed(ledger, chosen, today, words)
        # far rows along an index cost more than one walk through all of them
        self._source = source.replace("INDEXED BY finding_state", "NOT INDEXED")

    def by_category(self) -> dict[str, Iterable[tuple[str, bool]]]:
        """Category → (state, whether overdue) of each of its findings, the fullest first."""
        rows = self._ledger.rows(
            f"SELECT ifnull(category, ''), now_state, ({LATE}) = 1, count(*) FROM {self._source}"
            " GROUP BY 1, 2, 3",
            self._args,
        )
        totals: dict[str, int] = defaultdict(int)
        pairs: dict[str, list[Iterable[tuple[str, bool]]]] = defaultdict(list)
        for category, state, late, count in rows:
            totals[category] += count
            pairs[category].append(repeat((state, bool(late)), count))
        ordered = sorted(totals, key=lambda category: -totals[category])
        return {category: chain(*pairs[category]) for category in ordered}

    def by_level(self) -> dict[str, int]:
        """How many are of each level, "" for those without one."""
        rows = self._ledger.rows(
            f"SELECT ifnull(now_level, ''), count(*) FROM {self._source} GROUP BY 1", self._args
        )
        return dict(rows)

    def by_month(self, today: date, months: int) -> list[tuple[str, int, int]]:
        """(2026-11, found, closed) for the last months, oldest first."""
        names = latest(today, months)[::-1]
        rows = self._ledger.rows(
            "SELECT substr(found_on, 1, 7), substr(now_closed, 1, 7), count(*)"
            f" FROM {self._source} AND (found_on >= :first OR now_closed >= :first) GROUP BY 1, 2",
            {**self._args, "first": names[0]},
        )
        found, closed = Counter[str](), Counter[str]()
        for month, end, count in rows:
            found[month] += count
            closed[end] += count
        return [(name, found[name], closed[name]) for name in names]
