"""The left of a row: the question, what counts as 达标, and what sets the line apart."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from models.records.five_management import ChecklistAnswer
from models.templates.five_management import OBLIGATIONS, Line
from ui.colours import Tone
from ui.look import mark
from ui.pages.five_management_line import LineRow
from ui.pages.five_management_remarks import Remark
from ui.widgets.badge import Badge

NARROWEST, MARKS_BESIDE = 150, 270
BY_BUREAU = "由教育局填写"


class QuestionPart(QWidget):
    """Words only; the whole rule and its source show on hover."""

    def __init__(self, line: Line, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = _words("", "hint")
        self._kept.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 5, 0, 0)
        column.setSpacing(4)
        column.addWidget(_words(line.label))
        word = "达标" if line.item.counts and line.item.is_confirmed else "参考"
        rule = _words(f"{word}：{line.item.compliant_when}", "hint")
        self._rule_line = _beside(_marks(line), rule)
        column.addLayout(self._rule_line)
        column.addWidget(self._kept)
        self._remarks = [_words("", "hint"), _words("", "problem")]
        for label in self._remarks:
            label.hide()
            column.addWidget(label)
        column.addStretch(1)
        point = f"督查要点 {line.item.point}<br>" if line.item.point else ""
        wanted, source = escape(line.item.compliant_when), escape(line.item.source)
        self.setToolTip(f"<p>{point}{word}：{wanted}<br>依据：{source}</p>")

    def minimumSizeHint(self) -> QSize:
        return QSize(NARROWEST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= MARKS_BESIDE
        directions = QBoxLayout.Direction
        self._rule_line.setDirection(directions.LeftToRight if beside else directions.TopToBottom)

    def show_kept(self, answer: ChecklistAnswer | None) -> None:
        """Show the evidence and the note that are kept with the answer."""
        kept = (("佐证", answer.evidence), ("说明", answer.note)) if answer else ()
        self._kept.setText("\n".join(f"{word}：{text}" for word, text in kept if text))
        self._kept.setVisible(bool(self._kept.text()))

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """Show what is said of the line; what is urgent stands apart in the colour of problems."""
        for urgent, label in enumerate(self._remarks):
            words = "\n".join(one.words for one in remarks if one.urgent == bool(urgent))
            label.setText(words)
            label.setVisible(bool(words))


class BureauRow(LineRow):
    """A line that only the education office fills."""

    def __init__(self, line: Line, parent: QWidget | None = None) -> None:
        super().__init__(line, parent)
        self.setEnabled(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 8, 10)
        self.question = QuestionPart(line)
        row.addWidget(self.question, 1)
        row.addWidget(Badge(BY_BUREAU), 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(f"{line.label} {BY_BUREAU}")


def _marks(line: Line) -> list[tuple[str, Tone, str]]:
    marks = []
    if line.item.obligation in OBLIGATIONS:
        marks.append((f"{OBLIGATIONS[line.item.obligation]} · 不计入达标率", Tone.GREY, ""))
    if not line.item.is_confirmed:
        marks.append(("建议", Tone.BLUE, "依据还没有完全核实，仅供参考。"))
    return marks


def _beside(marks: list[tuple[str, Tone, str]], rule: QLabel) -> QBoxLayout:
    row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
    row.setSpacing(6)
    for text, tone, hint in marks:
        badge = Badge(text, tone)
        badge.setToolTip(hint)
        row.addWidget(badge, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    row.addWidget(rule, 1)
    return row


def _words(text: str, role: str = "") -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if role:
        mark(label, role=role)
    return label
