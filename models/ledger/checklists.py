"""五项管理 sheets: that of a month or term, its answers, those of the one before, saving one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from models.ledger.ledger import Ledger
from models.records.figures import Rate
from models.records.five_management import RULE_SETS, Checklist, ChecklistAnswer
from models.records.periods import is_term, period_like
from models.records.record import check_answer
from models.templates.compliance import Given
from models.templates.five_management import ChecklistTemplate, Line


def sheet(ledger: Ledger, period: str, unit: str = "") -> Checklist | None:
    """The sheet of a unit, our own unless told, for a month (2026-11) or a term (2026-1)."""
    found = ledger.all(Checklist, unit=unit or ledger.unit, period=period)
    return found[-1] if found else None


def new_sheet(ledger: Ledger, template: ChecklistTemplate, period: str) -> Checklist:
    """A sheet with the usual settings, not saved: the first answer saves it."""
    return Checklist(
        template=template.id,
        version=template.version,
        period=period,
        rule_sets=_usual_rules(ledger),
        filled_on=ledger.clock().astimezone().date(),
        filled_by=ledger.user or None,
    )


def _usual_rules(ledger: Ledger) -> frozenset[str]:
    """What the school chose on the sheet it filled last; all of them on its first."""
    sheets = ledger.all(Checklist, unit=ledger.unit)
    last = max(sheets, key=lambda filled: filled.filled_on or date.min, default=Checklist())
    return last.rule_sets or frozenset(RULE_SETS)


def answers(ledger: Ledger, filled: Checklist) -> dict[str, ChecklistAnswer]:
    """The answers of a sheet by line; a sheet that is not saved has none."""
    if not filled.id:
        return {}
    found = ledger.all(ChecklistAnswer, checklist=filled.id)
    return {answer.line: answer for answer in found if answer.line}


def previous_answers(
    ledger: Ledger, period: str, unit: str = ""
) -> tuple[str, dict[str, ChecklistAnswer]]:
    """The last month, or term, before this one that was filled, and its answers; else "".

    Schools fill no sheet in the holidays, so it need not be the calendar month before.
    """
    sheets = ledger.all(Checklist, unit=unit or ledger.unit)
    earlier = [filled for filled in sheets if _is_before(filled.period or "", period)]
    if not earlier:
        return "", {}
    last = max(earlier, key=lambda filled: filled.period or "")
    return last.period or "", answers(ledger, last)


def progress(ledger: Ledger, lines: Sequence[Line], period: str) -> Rate:
    """How many of these rows are answered in the sheet of a month."""
    filled = sheet(ledger, period)
    given = given_of(lines, answers(ledger, filled)) if filled else {}
    return Rate(len(given), len(lines))


def _is_before(earlier: str, period: str) -> bool:
    """Whether it is an earlier one of the same kind: a term's answers are not a month's."""
    return bool(earlier) and is_term(earlier) == is_term(period) and earlier < period


def value_of(line: Line, answer: ChecklistAnswer | None) -> object:
    """What was answered, or None: an answer that can no longer be read is not an answer."""
    if answer is None or not answer.response:
        return None
    try:
        value: object = line.field.from_plain(answer.response)
        check_answer(line.field, value)
    except (ValueError, ArithmeticError):
        return None
    return value


def given_of(lines: Iterable[Line], filled: Mapping[str, ChecklistAnswer]) -> dict[str, Given]:
    """The answers as compliance judges them; what is not answered is absent."""
    given = {}
    for line in lines:
        value = value_of(line, filled.get(line.id))
        if value is not None:
            given[line.id] = Given(value, filled[line.id].detail or "")
    return given


def save_answer(
    ledger: Ledger,
    filled: Checklist,
    answer: ChecklistAnswer,
    seen: ChecklistAnswer | None = None,
) -> ChecklistAnswer:
    """Save one answer of a sheet; `seen` is the answer as it was shown, None where it was empty."""
    with ledger.transaction():
        standing = stand(ledger, filled)
        return ledger.save(replace(answer, checklist=standing.id), seen or ChecklistAnswer())


def stand(ledger: Ledger, filled: Checklist) -> Checklist:
    """The sheet as it stands, made at need; in a transaction of the caller.

    While its month or term runs the day of filling moves along: dates are judged by that day.
    """
    found = sheet(ledger, filled.period or "", filled.unit)
    if found is None:
        return ledger.save(filled)
    today = ledger.clock().astimezone().date()
    runs = period_like(found.period or "", today) == found.period
    if runs and (found.filled_on is None or found.filled_on < today):
        return ledger.save(replace(found, filled_on=today), found)
    return found
