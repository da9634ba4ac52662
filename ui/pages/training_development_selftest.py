"""自测: a person's scores of a period in a sheet, and beside it the picture of the categories."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from models.assessment_chart import in_words, radar
from models.ledger.indicators import indicators, parts_of, periods_of, score, scores
from models.ledger.same_person import person_choices
from models.ledger.training import roster
from models.problems import AppError, Problem
from models.records.development import Indicator, SelfAssessment
from models.records.person import told_apart
from models.records.programme import Programme
from models.records.reading import tidy
from models.records.record import fields_of, show_answer
from ui.colours import PALETTE, Tone
from ui.icons import SMALL, Icons
from ui.kept_splitter import KeptSplitter
from ui.pages.training_development_indicators import IndicatorPanel
from ui.session import Session
from ui.table.row_table import NO_INDEX, ROW_PIXELS, Index, Role
from ui.widgets.button import Button, Kind
from ui.widgets.chart_view import ChartView
from ui.widgets.chooser import offer
from ui.widgets.empty_state import EmptyState
from ui.widgets.notice import Notice
from ui.widgets.plain_label import plain_label

HEADINGS = ("类别", "序号", "指标", "满分", "自评分", "互评分", "提升计划")
SHOWN = ("section", "number", "name", "full_marks")
TYPED = {4: "own_score", 5: "peer_score", 6: "plan"}
WIDTHS = (90, 46, 180, 46, 62, 62)
OWN = 4
LEAST_PICTURE = 300
NO_PICTURE = "至少给三个类别打了分，这里才有雷达图。"


class ScoreSheet(QAbstractTableModel):
    """The indicators and what a person was given; every answer is one transaction."""

    kept = Signal()
    refused = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.indicators: Sequence[Indicator] = ()
        self.given: Mapping[str, SelfAssessment] = {}
        self.person, self.period = "", ""

    def show_scores(self, person: str, period: str) -> None:
        """Show the sheet of a person for a period; where nothing changed, typing goes on."""
        ledger = self._session.ledger
        listed, given = indicators(ledger), scores(ledger, person, period)
        shown = (self.person, self.period, self.indicators, self.given)
        if shown == (person, period, listed, given):
            return
        self.beginResetModel()
        self.person, self.period = person, period
        self.indicators, self.given = listed, given
        self.endResetModel()

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.indicators)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if role != Role.DisplayRole or orientation == Qt.Orientation.Vertical:
            return None
        return HEADINGS[section]

    def flags(self, index: Index) -> Qt.ItemFlag:
        given = super().flags(index)
        able = index.column() in TYPED and bool(self.person and self.period)
        return given | Qt.ItemFlag.ItemIsEditable if able else given

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role in (Role.DisplayRole, Role.EditRole, Role.ToolTipRole):
            return self._text(index.row(), index.column())
        if role == Role.ForegroundRole and index.column() not in TYPED:
            return QColor(PALETTE.ink_soft)
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Keep an answer, or say why it cannot be kept."""
        row, column = index.row(), index.column()
        text = str(value or "").strip()
        if role != Role.EditRole or column not in TYPED or text == self._text(row, column):
            return False
        one, name = self.indicators[row], TYPED[column]
        try:
            answer = fields_of(SelfAssessment)[name].parse(text) if text else None
            person, period = self.person, self.period
            self._session.write(
                lambda ledger: score(ledger, one, person, period, **{name: answer}),
                SelfAssessment.table,
            )
        except (Problem, AppError) as problem:
            self.refused.emit(f"{one.name}：{problem}")
            return False
        self.given = scores(self._session.ledger, person, period)
        self.dataChanged.emit(index, index)
        self.kept.emit()
        return True

    def _text(self, row: int, column: int) -> str:
        one = self.indicators[row]
        if column not in TYPED:
            return show_answer(one, SHOWN[column])
        given = self.given.get(one.id)
        return show_answer(given, TYPED[column]) if given else ""


class ScoreView(QTableView):
    """Figures are typed at once; Enter and the arrows lead on."""

    def __init__(self, sheet: ScoreSheet) -> None:
        super().__init__()
        self.setModel(sheet)
        self.setAccessibleName("自测得分")
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setEditTriggers(
            self.EditTrigger.AnyKeyPressed
            | self.EditTrigger.DoubleClicked
            | self.EditTrigger.EditKeyPressed
        )
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_PIXELS)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for column, width in enumerate(WIDTHS):
            self.horizontalHeader().resizeSection(column, width)
        self.horizontalHeader().setStretchLastSection(True)


class SelfTestTab(QWidget):
    """A person and a period are chosen; without indicators the list is asked for first."""

    open_asked = Signal(str, str)

    def __init__(self, session: Session, icons: Icons) -> None:
        super().__init__()
        self._session = session
        self.programme: Programme | None = None
        self.notice = Notice(icons)
        self.people, self.periods = QComboBox(), QComboBox()
        self.people.setAccessibleName("学员")
        self.periods.setAccessibleName("自测期")
        self.periods.setEditable(True)
        self.sheet = ScoreSheet(session)
        self.view = ScoreView(self.sheet)
        self.chart = ChartView("各类得分率")
        self.chart.setMinimumWidth(LEAST_PICTURE)
        self.shares = plain_label(NO_PICTURE, "hint")
        self.listing = IndicatorPanel(session, icons)
        self.nothing = EmptyState(
            icons,
            "list-checks",
            "还没有自测指标",
            "指标清单由单位自己定：先导入清单，再给每个人打分。可以先存一份空白清单来填。",
            "导入指标清单",
        )
        self.stack = QStackedWidget()
        self._build(icons)
        self._connect()

    def _connect(self) -> None:
        self.people.activated.connect(lambda _at: self._show())
        self.periods.activated.connect(lambda _at: self._show())
        typed = self.periods.lineEdit()
        assert typed is not None  # it is editable
        typed.editingFinished.connect(self._show)
        self.sheet.kept.connect(self._draw)
        self.sheet.refused.connect(lambda words: self.notice.say(words, Tone.RED))
        self.nothing.asked.connect(self.open_list)
        self.listing.closed.connect(self._leave_list)
        self.listing.taken.connect(self._on_taken)

    def _build(self, icons: Icons) -> None:
        printer = icons.icon("printer", PALETTE.ink_soft, SMALL)
        upload = icons.icon("upload", PALETTE.ink_soft, SMALL)
        self.print_button = Button("打印", Kind.SECONDARY, printer, self._ask_print)
        self.list_button = Button("指标清单", Kind.SECONDARY, upload, self.open_list)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(self.people, 2)
        bar.addWidget(self.periods, 1)
        bar.addWidget(self.list_button)
        bar.addWidget(self.print_button)
        picture = QWidget()
        beside = QVBoxLayout(picture)
        beside.setContentsMargins(8, 0, 0, 0)
        beside.addWidget(self.chart, 1)
        beside.addWidget(self.shares)
        split = KeptSplitter(self._session.ledger, "self_assessment.split", (600, 440))
        split.addWidget(self.view)
        split.addWidget(picture)
        split.restore()
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(bar)
        column.addWidget(split, 1)
        for part in (whole, self.nothing, self.listing):
            self.stack.addWidget(part)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.notice)
        outer.addWidget(self.stack, 1)

    def refresh(self) -> None:
        """Read people, periods and the scores of the chosen ones again."""
        ledger = self._session.ledger
        period = tidy(self.periods.currentText())
        enrolled = roster(ledger, self.programme.id) if self.programme else ()
        offer(self.people, told_apart(enrolled) if enrolled else person_choices(ledger))
        known = periods_of(ledger)
        usual = _half_of(self._session)
        self.periods.clear()
        self.periods.addItems([*known] if usual in known else [usual, *known])
        self.periods.setCurrentText(period or usual)
        self._show()
        if self.stack.currentWidget() is not self.listing:
            self._leave_list()

    def _leave_list(self) -> None:
        self.stack.setCurrentIndex(0 if self.sheet.indicators else 1)

    def open_list(self) -> None:
        """Show the place where the list of indicators comes in."""
        self.stack.setCurrentWidget(self.listing)
        self.listing.start()

    def _show(self) -> None:
        limit = fields_of(SelfAssessment)["period"]
        period = tidy(self.periods.currentText())
        try:
            limit.check(period)
        except Problem as problem:
            self.notice.say(f"自测期：{problem}", Tone.ORANGE)
            return
        person = str(self.people.currentData() or "")
        if (person, period) != (self.sheet.person, self.sheet.period):
            self.notice.hide()
        self.sheet.show_scores(person, period)
        if not self.view.currentIndex().isValid() and self.sheet.indicators:
            self.view.setCurrentIndex(self.sheet.index(0, OWN))
        self._draw()

    def _draw(self) -> None:
        parts = parts_of(self.sheet.indicators, self.sheet.given)
        chart = radar(parts)
        self.chart.setVisible(chart is not None)
        words = in_words(parts)
        self.shares.setText(words if chart else f"{NO_PICTURE}{words}")
        self.print_button.setEnabled(bool(self.sheet.given))
        if chart:
            self.chart.show_chart(chart)

    def _on_taken(self, words: str) -> None:
        self.refresh()
        self._leave_list()
        self.notice.say(words, Tone.GREEN)

    def _ask_print(self) -> None:
        self.open_asked.emit("reports", f"self_test:{self.sheet.person}@{self.sheet.period}")


def _half_of(session: Session) -> str:
    """The period that is most likely meant: this half of the year."""
    day = session.today()
    return f"{day.year}年{'上' if day.month <= 6 else '下'}半年"
