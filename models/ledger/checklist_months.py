"""The sheets of several months as figures, for reports and charts."""

from collections.abc import Callable, Sequence

from models.ledger import checklists
from models.ledger.ledger import Ledger
from models.records.five_management import Checklist
from models.records.periods import is_period
from models.templates.five_management import Line
from models.templates.trend import MonthFigures, month_figures


def filled_months(
    ledger: Ledger, lines_of: Callable[[str], Sequence[Line]], first: str, last: str
) -> list[MonthFigures]:
    """The months from `first` to `last` (2026-11) with at least one answer, oldest first.

    A month without a sheet is absent: schools fill none in the vacations. `lines_of` are the rows
    of a version of the list: each sheet is read as its own version asked.
    """
    found: dict[str, MonthFigures] = {}
    for filled in ledger.all(Checklist, unit=ledger.unit):
        period = filled.period or ""
        if is_period(period) and first <= period <= last:
            figures = _figures(ledger, lines_of(filled.version or ""), filled)
            if figures is not None:
                found[period] = figures
    return [found[period] for period in sorted(found)]


def _figures(ledger: Ledger, lines: Sequence[Line], filled: Checklist) -> MonthFigures | None:
    given = checklists.given_of(lines, checklists.answers(ledger, filled))
    if not given:
        return None
    day = filled.filled_on or ledger.clock().astimezone().date()
    return month_figures(filled.period or "", lines, given, filled.rule_sets or (), day)
