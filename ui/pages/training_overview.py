"""概览: a programme's modules against its plan; without a programme, the register of them."""

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from models.ledger.programmes import ModuleProgress, leave_words, progress, sessions_of, totals_of
from models.ledger.quotas import short, short_words
from models.ledger.training import trainees
from models.records.programme import STANDINGS, Programme
from models.records.record import show_answer
from models.records.training import MODULES
from ui.colours import Tone
from ui.icons import Icons
from ui.pages.training_programmes import ProgrammePanel
from ui.session import Session
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.notice import Notice
from ui.widgets.plain_label import plain_label
from ui.widgets.plan_bars import PlanBar, PlanBars
from ui.widgets.scrolled import scrolled


class OverviewTab(QWidget):
    """Where a programme stands."""

    edit_asked = Signal(str)  # the programme
    roster_asked = Signal()
    session_asked = Signal()
    summary_asked = Signal()

    def __init__(self, session: Session, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.programme: Programme | None = None
        self.notice = Notice(icons)
        self.register = ProgrammePanel(session, icons)
        self.card = Card()
        self.facts, self.chain = plain_label("", "hint"), plain_label("", "hint")
        self.bars = PlanBars("各模块的进度")
        self.stack = QStackedWidget()
        self.notice.acted.connect(self.summary_asked)
        self._build()

    def _build(self) -> None:
        self.card.add_action(Button("新建活动", on_click=self.session_asked.emit))
        self.card.add_action(Button("学员名单", on_click=self.roster_asked.emit))
        self.card.add_action(Button("修改班次", on_click=self._ask_edit))
        for part in (self.facts, self.chain, self.bars):
            self.card.body.addWidget(part)
        self.card.body.addStretch()
        whole = QWidget()
        lines = QVBoxLayout(whole)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.card)
        lines.addStretch()
        self.stack.addWidget(self.register)
        self.stack.addWidget(scrolled(whole))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.notice)
        column.addWidget(self.stack, 1)

    def refresh(self) -> None:
        """Read the programme's figures, or the register, again."""
        if self.programme is None:
            self.stack.setCurrentIndex(0)
            self.register.refresh()
            today = self._session.today()
            found = short(self._session.ledger, today)
            self._warn(short_words(found, today) if found else "")
            return
        self.stack.setCurrentIndex(1)
        self._show(self.programme)

    def show_register(self, programme: str = "") -> None:
        """Show the register of programmes, and one of them in it."""
        self.stack.setCurrentIndex(0)
        if programme:
            self.register.open_record(programme)
        else:
            self.register.refresh()

    def _show(self, programme: Programme) -> None:
        ledger = self._session.ledger
        totals = totals_of(ledger, programme.id)
        found = progress(ledger, programme, totals)
        enrolled = trainees(ledger, programme.id)
        self.card.set_title(programme.name or "")
        held = sum((one.held for one in found), Decimal(0))
        period = f"{show_answer(programme, 'begins')}至{show_answer(programme, 'ends')}"
        plan = f"{programme.plan} 学时" if programme.plan else "未填写"
        self.facts.setText(
            f"{period}　学员 {len(enrolled)} 人　活动 {len(sessions_of(ledger, programme.id))} 场"
            f"　计划 {plan}　已安排 {held} 学时"
        )
        standings = [trainee.standing for trainee, _person in enrolled]
        counts = [f"{word} {standings.count(key)} 人" for key, word in STANDINGS.items()]
        self.chain.setText("　".join(counts[:-1]))
        self._warn(leave_words(programme, held, totals))
        self.bars.show_bars([_bar(one) for one in found])

    def _warn(self, words: str) -> None:
        if words and words != self.notice.text():
            self.notice.say(words, Tone.ORANGE, "查看汇总")
        self.notice.setVisible(bool(words))

    def _ask_edit(self) -> None:
        if self.programme is not None:
            self.edit_asked.emit(self.programme.id)


def _bar(one: ModuleProgress) -> PlanBar:
    """Against the plan where there is one, else against what was held."""
    against = one.planned or one.held
    part = float(one.average / against) if against else 0.0
    plan = f"计划 {one.planned}" if one.planned else "未填计划"
    words = f"人均 {one.average} 学时，已安排 {one.held}，{plan}"
    return PlanBar(MODULES[one.module], part, words)
