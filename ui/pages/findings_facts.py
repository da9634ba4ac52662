"""A finding in words: its answers in two columns, its steps as a timeline."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from models.ledger.ledger import Ledger
from models.records.finding import STEPS, Finding, FindingStep
from models.records.record import fields_of, is_empty, show_answer
from models.records.risk import RiskPoint
from models.records.workflow import BESIDE, Standing, in_turn, state_of
from ui.colours import Tone
from ui.look import mark
from ui.moments import long_day
from ui.table.finding_words import days_left, state_tone, unit_names
from ui.widgets.plain_label import plain_label
from ui.widgets.timeline import Step

SHORT_FACTS = (
    "place",
    "category",
    "found_on",
    "finder",
    "source",
    "deadline",
    "department",
    "responsible",
    "funding",
)
LONG_FACTS = ("measures", "interim", "contingency", "basis", "note")


# Beside level, state and deadline: what else one must know at once, and its tone.
FLAGS = {
    "supervised": Tone.RED,
    "out_of_use": Tone.RED,
    "extended": Tone.ORANGE,
    "failed": Tone.ORANGE,
}


def flags_of(standing: Standing) -> dict[str, str]:
    """The words of each flag; empty where it is not set."""
    failed, extended = standing.failed_rechecks, standing.extensions
    return {
        "supervised": "挂牌督办" if standing.supervised_by else "",
        "out_of_use": "已停用" if standing.out_of_use else "",
        "extended": f"已延期 {extended} 次" if extended else "",
        "failed": f"复查不合格 {failed} 次" if failed else "",
    }


@dataclass(frozen=True, slots=True)
class Fact:
    """One answer in words; a `wide` one takes a line of its own."""

    label: str
    words: str
    wide: bool = False


def facts_of(finding: Finding, standing: Standing) -> list[Fact]:
    """The answers that are filled in; the deadline as the steps have left it."""
    kinds = fields_of(Finding)
    known = {
        "deadline": long_day(standing.deadline) if standing.deadline else "",
        "found_on": long_day(finding.found_on) if finding.found_on else "",
    }
    facts = []
    for name in (*SHORT_FACTS, *LONG_FACTS):
        words = known.get(name, show_answer(finding, name))
        if words:
            unit = getattr(kinds[name], "unit", "")
            words = f"{words} {unit}".strip()
            facts.append(Fact(kinds[name].label, words, name in LONG_FACTS))
    if standing.supervised_by:
        facts.append(Fact("督办单位", standing.supervised_by))
    return facts


def whose_words(ledger: Ledger, finding: Finding, ours: bool, can_step: bool) -> str:
    """Whose finding it is, and who does what; empty where it is of this very unit."""
    if finding.unit == ledger.unit:
        return ""
    who = f"这是{unit_names(ledger).get(finding.unit, finding.unit)}的隐患，"
    if ours:
        return f"{who}由本单位检查发现，学校负责整改。"
    return who + ("学校负责整改，本单位督办。" if can_step else "只能查看。")


def risk_facts(ledger: Ledger, finding: Finding) -> list[Fact]:
    """The risk point that the finding points to, also one that was deleted since."""
    point = ledger.find(RiskPoint, finding.risk_point) if finding.risk_point else None
    return [Fact("风险点", f"{point.name}，{show_answer(point, 'colour')}", True)] if point else []


def timeline_of(finding: Finding, steps: Sequence[FindingStep], today: date) -> list[Step]:
    """Registration, every step, and at the end whether it is overdue.

    A step out of turn is kept in grey, with a word why.
    """
    shown = [Step("登记", _by(finding.found_on, finding.finder), "", Tone.GREY)]
    for step, allowed in in_turn(steps):
        title = STEPS.get(step.kind or "", step.kind or "")
        if not allowed:
            title = f"{title}（次序不符，不计入状态）"
        tone = state_tone(step.kind or "") if allowed else Tone.GREY
        if step.kind in BESIDE and allowed:
            tone = Tone.ORANGE
        office = step.office if step.kind != "supervised" else ""  # there it is an answer
        by = _by(step.taken_on, step.person, office)
        shown.append(Step(title, by, _step_words(step), tone, open=not allowed))
    standing = state_of(finding, steps)
    late, tone = days_left(standing.deadline, standing.state, today)
    if standing.is_overdue(today) and standing.deadline:
        by = _by(standing.deadline, finding.responsible)
        shown.append(Step(late, f"整改时限 {by}", "", tone, open=True))
    return shown


def _by(day: date | None, *who: str | None) -> str:
    return " · ".join(filter(None, (long_day(day) if day else "", *who)))


def _step_words(step: FindingStep) -> str:
    """What a step says beside day and person."""
    kinds = fields_of(FindingStep)
    parts = []
    names = ("office",) if step.kind == "supervised" else ()
    for name in ("level", *names, "document", "deadline", "cost", "approver"):
        if not is_empty(getattr(step, name)):
            unit = getattr(kinds[name], "unit", "")
            parts.append(f"{kinds[name].label}：{show_answer(step, name)} {unit}".strip())
    lines = (step.opinion or "", "；".join(parts))
    return "\n".join(line for line in lines if line)


class FactGrid(QWidget):
    """Labels over their words, two beside each other; wide ones take the whole line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(10)
        for column in (0, 1):
            self._grid.setColumnStretch(column, 1)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Replace what is shown by these."""
        while (item := self._grid.takeAt(0)) is not None:
            if widget := item.widget():
                widget.setParent(None)
        for fact, line, column in _placed(facts):
            width = 2 if fact.wide else 1
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(_cell(fact), line, column, 1, width, top)


def _placed(facts: Sequence[Fact]) -> Iterator[tuple[Fact, int, int]]:
    line, column = 0, 0
    for fact in facts:
        if fact.wide and column:
            line, column = line + 1, 0
        yield fact, line, column
        if fact.wide or column:
            line, column = line + 1, 0
        else:
            column = 1


def _cell(fact: Fact) -> QWidget:
    cell = QWidget()
    column = QVBoxLayout(cell)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(1)
    label = QLabel(fact.label)
    mark(label, role="hint")
    column.addWidget(label)
    column.addWidget(plain_label(fact.words))
    return cell
