"""抽测 of a month, and what they answer in the month's sheet: nothing is asked twice."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from models.ledger.ledger import Ledger
from models.ledger.rows import read
from models.records.fields import Number, Pair
from models.records.figures import rounded
from models.records.five_management import ChecklistAnswer
from models.records.periods import months
from models.records.spot_check import SpotCheck, arranged, totals_of
from models.templates.five_management import Line

_HELD = "WHERE t.unit = ? AND t.kind = ? AND t.held_on BETWEEN ? AND ? AND NOT t.deleted"
HOMEWORK_CLASSES, SLEEP_KEPT = "fm.hw.15", "fm.sl.06"


def of_month(ledger: Ledger, kind: str, period: str) -> list[SpotCheck]:
    """The checks of a kind in a month, by grade and class."""
    days = months(period)
    held = (ledger.unit, kind, days.start.isoformat(), days.end.isoformat())
    with ledger.reading() as db:
        return arranged(read(db, SpotCheck, _HELD, held))


def answers_for(
    ledger: Ledger,
    lines: Sequence[Line],
    period: str,
    answered: Mapping[str, ChecklistAnswer],
) -> dict[str, str]:
    """What the checks of a month say of its lines, in plain form; what is answered so is absent."""
    found: dict[str, str] = {}
    for line in lines:
        plain = _plain(ledger, line, period)
        standing = answered.get(line.id)
        if plain and (standing is None or standing.response != plain):
            found[line.id] = plain
    return found


def _plain(ledger: Ledger, line: Line, period: str) -> str:
    field = line.field
    if line.id == HOMEWORK_CLASSES and isinstance(field, Pair):
        totals = totals_of(of_month(ledger, "homework", period))
        pair = (totals.classes, totals.classes_beyond)
        return str(field.to_plain(pair)) if totals.classes else ""
    if line.id == SLEEP_KEPT and isinstance(field, Number):
        kept = totals_of(of_month(ledger, "sleep", period)).kept
        if kept.whole:
            percent = rounded(Decimal(kept.part * 100) / kept.whole, field.decimals)
            return str(field.to_plain(percent))
    return ""
