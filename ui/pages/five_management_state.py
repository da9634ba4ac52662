"""All that the page shows of one month, read at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.ledger import checklists
from models.records.five_management import Checklist, ChecklistAnswer
from models.records.periods import moved, show_period
from models.templates.compliance import AreaFigures, Given, Verdict, figures, judge
from models.templates.five_management import Line
from ui.session import Session


@dataclass(frozen=True, slots=True)
class Month:
    """A sheet with its answers, what they come to, and what was answered the time before."""

    sheet: Checklist
    answers: Mapping[str, ChecklistAnswer]
    given: Mapping[str, Given]
    verdicts: Mapping[str, Verdict]
    figures: Mapping[str, AreaFigures]
    previous: Mapping[str, ChecklistAnswer]
    previous_word: str  # 上月, or the month's name where the month before was not filled


def read_month(session: Session, lines: Sequence[Line], period: str) -> Month:
    """The month as it stands in the ledger."""
    ledger = session.ledger
    sheet = checklists.sheet(ledger, period)
    sheet = sheet or checklists.new_sheet(ledger, session.checklist, period)
    answers = checklists.answers(ledger, sheet)
    given = checklists.given_of(lines, answers)
    rule_sets, day = sheet.rule_sets or frozenset(), sheet.filled_on or session.today()
    before, previous = checklists.previous_answers(ledger, period)
    return Month(
        sheet=sheet,
        answers=answers,
        given=given,
        verdicts={line.id: judge(line, given, rule_sets, day) for line in lines},
        figures=figures(lines, given, rule_sets, day),
        previous=previous,
        previous_word="上月" if before in ("", moved(period, -1)) else show_period(before),
    )
