"""The rows of one area under the headings of the sheet, and taking over last time's answers."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from models.problems import Problem
from models.templates.compliance import Verdict
from models.templates.five_management import Line
from models.templates.headings import HEADINGS, groups
from ui.icons import Icons
from ui.look import mark
from ui.pages.five_management_line import LineRow
from ui.pages.five_management_question import BureauRow
from ui.pages.five_management_row import AnswerRow, Historian, Save
from ui.pages.five_management_state import Month
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card

OTHERS = "其他要求"
SIGHT = 40  # pixels of its neighbours beside a line that is brought into sight


class AreaPanel(Card):
    """Made when its area is first shown; afterwards only its rows change."""

    def __init__(
        self,
        title: str,
        lines: Sequence[Line],
        icons: Icons,
        save: Save,
        history: Historian,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent)
        self._name, self._save = title, save
        self._month: Month | None = None
        self.rows: dict[str, AnswerRow] = {}  # what the school answers
        self.strips: dict[str, LineRow] = {}  # every line
        self._said = QLabel()
        self._said.setWordWrap(True)
        mark(self._said, role="hint")
        self.next_open = Button("下一项未答", Kind.FLAT, on_click=self.go_to_open)
        self.withdraw = Button("撤回", on_click=self.withdraw_all)
        self.confirm = Button("全部确认", Kind.PRIMARY, on_click=self.confirm_all)
        self.take_over = Button("沿用上月全部答案", on_click=self.offer_all)
        self.take_over.setToolTip("只填还没有回答的项目；核对、确认以后才保存。")
        for part in (self._said, self.next_open, self.withdraw, self.confirm, self.take_over):
            self.add_action(part)
        self.body.addWidget(self._scrolled(lines, icons, history))
        self._show_actions()

    def show_month(self, month: Month, anew: bool) -> None:
        """Show a month; `anew` forgets what was typed for another one."""
        self._month = month
        for name, row in self.rows.items():
            if anew:
                row.reset()
            row.show_state(
                month.answers.get(name),
                month.previous.get(name),
                month.previous_word,
                month.verdicts[name],
            )
        for strip in self.strips.values():
            if isinstance(strip, AnswerRow | BureauRow):
                strip.question.show_remarks(month.remarks(strip.line))
        area = next(iter(self.rows.values())).line.item.area if self.rows else ""
        if found := month.figures.get(area):
            left = f"未答 {found.unanswered}" if found.unanswered else "已答完"
            asked = sum(line in self.rows for line in month.doubtful)
            doubtful = f" · 待核对 {asked}" if asked else ""
            self.set_title(f"{self._name} · {found.rate.counts()} 达标 · {left}{doubtful}")
        self._show_actions()

    def commit(self) -> AnswerRow | None:
        """Save whatever is typed and not saved; give the first row that could not be."""
        unsaved = [row for row in self.rows.values() if not row.commit()]
        return unsaved[0] if unsaved else None

    # ---- last time's answers -----------------------------------------------------------------

    def offer_all(self) -> None:
        """Fill last time's answers into the rows that have none, to be confirmed."""
        for row in self.rows.values():
            if row.can_offer():
                row.offer()
        if offered := self._offered():
            self.reveal(offered[0])

    def confirm_all(self) -> None:
        """Save every answer that was filled in, in one go."""
        answers, rows = {}, []
        for row in self._offered():
            try:
                answers[row.line.id] = row.changes()
            except Problem:
                row.commit()  # shows why beside its row; the others are saved
                continue
            rows.append(row)
        if answers and self._save(answers):
            for row in rows:
                row.settle()

    def withdraw_all(self) -> None:
        """Take the offered answers out again."""
        for row in self._offered():
            row.withdraw()

    def _offered(self) -> list[AnswerRow]:
        return [row for row in self.rows.values() if row.is_offered]

    def _show_actions(self) -> None:
        waiting = len(self._offered())
        self.confirm.setText(f"全部确认（{waiting}）")
        self._said.setText(f"已填入 {waiting} 项以前的答案，核对后请确认，还没有保存。")
        for part in (self._said, self.confirm, self.withdraw):
            part.setVisible(waiting > 0)
        word = self._month.previous_word if self._month else "上月"
        self.take_over.setText(f"沿用{word}全部答案")
        self.take_over.setVisible(not waiting)
        self.take_over.setEnabled(any(row.can_offer() for row in self.rows.values()))
        self.next_open.setVisible(not waiting)
        self.next_open.setEnabled(bool(self._open_rows()))

    # ---- going along -------------------------------------------------------------------------

    def go_to_open(self) -> None:
        """Go to the next line that wants an answer, from the top again after the last."""
        rows, wanted = list(self.rows.values()), self._open_rows()
        here = next((i for i, row in enumerate(rows) if _has_focus(row)), -1)
        after = [row for row in wanted if rows.index(row) > here]
        if wanted:
            self.reveal((after or wanted)[0])

    def _open_rows(self) -> list[AnswerRow]:
        verdicts = self._month.verdicts if self._month else {}
        return [row for name, row in self.rows.items() if verdicts.get(name) is Verdict.UNANSWERED]

    def _step(self, row: AnswerRow, step: int) -> None:
        rows = list(self.rows.values())
        place = rows.index(row) + step
        if 0 <= place < len(rows):
            self.reveal(rows[place])

    def reveal(self, row: AnswerRow) -> None:
        """Bring a row into sight, ready to be answered."""
        row.setFocus(Qt.FocusReason.TabFocusReason)
        self._area.ensureWidgetVisible(row, 0, SIGHT)

    def show_found(self, line: str) -> None:
        """Light up the line that a search has found; "" lights up none."""
        for name, strip in self.strips.items():
            strip.show_found(name == line)
        if found := self.strips.get(line):  # once a panel that is new has got its size
            QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(found, 0, SIGHT))

    def go_to_found(self) -> None:
        """Go to the line that is lit up, ready to be answered."""
        for row in self.rows.values():
            if row.is_found:
                self.reveal(row)

    # ---- laying out --------------------------------------------------------------------------

    def _scrolled(self, lines: Sequence[Line], icons: Icons, history: Historian) -> QScrollArea:
        inner = QWidget()
        mark(inner, role="scrolled")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(0)
        for code, members in groups(lines):
            heading = f"{code} {HEADINGS[code]}" if code else OTHERS
            column.addWidget(_heading(heading))
            for line in members:
                self.strips[line.id] = self._row(line, icons, history)
                column.addWidget(self.strips[line.id])
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(inner)
        return self._area

    def _row(self, line: Line, icons: Icons, history: Historian) -> LineRow:
        if line.item.filled_by == "bureau":
            return BureauRow(line)
        row = AnswerRow(line, icons, self._save, history)
        row.step_asked.connect(partial(self._step, row))
        row.offered.connect(self._show_actions)
        self.rows[line.id] = row
        return row


def _has_focus(row: AnswerRow) -> bool:
    focused = row.window().focusWidget()
    return focused is not None and (focused is row or row.isAncestorOf(focused))


def _heading(text: str) -> QWidget:
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 14, 0, 4)
    label = QLabel(text)
    mark(label, role="step")
    line.addWidget(label)
    return holder
