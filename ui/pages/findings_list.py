"""The left half of 隐患排查: filter chips with their counts, a search field, the list."""

from contextlib import suppress

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from models.ledger.findings import (
    FILTERS,
    MOST_HITS,
    NONE,
    counts,
    counts_by_unit,
    number_of,
    numbers,
)
from models.problems import AppError
from ui.icons import Icons
from ui.look import mark
from ui.session import Session
from ui.table.finding_table import FindingModel, FindingTable
from ui.table.finding_words import unit_names
from ui.widgets.button import Button, Kind
from ui.widgets.chip_bar import ChipBar
from ui.widgets.empty_state import EmptyState
from ui.widgets.plain_label import plain_label
from ui.widgets.search_field import SearchField

VIEWS = {
    "all": "全部",
    "open": "未销号",
    "late": "逾期",
    "due": "7日内到期",
    "recheck": "待复查",
    "closed": "已销号",
    "major": "重大",
}
VIEW_SETTING = "findings.view"
COUNT_DELAY_MS = 60


class FindingList(QWidget):
    """Says `chosen` when the person goes to a finding, `narrowed` when they filter or search."""

    chosen = Signal(str)
    narrowed = Signal()

    def __init__(self, session: Session, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._words = self._unit = ""
        kept = session.ledger.setting(VIEW_SETTING)
        self._view = kept if kept in FILTERS else "all"
        self.chips = ChipBar([*VIEWS.items()], name="按状态筛选")
        self.chips.choose([self._view])
        self.chips.changed.connect(self._on_chips)
        self.search = SearchField("搜索编号、描述、部位、人员，可用拼音首字母", icons)
        self.search.searched.connect(self._on_searched)
        self.whose = plain_label(role="heading")
        self.everybody = Button("看全部单位", Kind.FLAT, on_click=lambda: self.show_view("all"))
        self.limit = QLabel(f"只显示最近登记的 {MOST_HITS} 条，请再多输入几个字。")
        mark(self.limit, role="hint")
        self.limit.hide()
        self.model = FindingModel(session.ledger, self)
        self.table = FindingTable(self.model)
        self.table.chosen.connect(self.chosen)
        self.nothing = EmptyState(icons, "search", "没有符合条件的隐患")
        self._stack = QStackedWidget()
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(COUNT_DELAY_MS)
        self._counting.timeout.connect(self._count)
        self._build()

    def _build(self) -> None:
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(lambda: self.search.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self._unit_line = QWidget()
        line = QHBoxLayout(self._unit_line)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.whose, 1)
        line.addWidget(self.everybody)
        self._unit_line.hide()
        for part in (self._unit_line, self.search, self.chips, self.limit):
            column.addWidget(part)
        column.addWidget(self._stack, 1)

    @property
    def view(self) -> str:
        """The filter that is on."""
        return self._view

    @property
    def current_id(self) -> str:
        """The finding the list stands on; empty where it stands on none."""
        row = self.model.finding_at(self.table.currentIndex().row())
        return row.id if row else ""

    def show_view(self, view: str) -> None:
        """Turn one filter on; a search of before would only hide what is asked for."""
        self._take_unit("")
        self._take_view(view)

    def show_unit(self, unit: str) -> None:
        """Show the findings of one unit, until all are asked for."""
        self._take_unit(unit)
        self._take_view("all")

    def _take_unit(self, unit: str) -> None:
        self.search.clear()
        self._words, self._unit = "", unit
        self._unit_line.setVisible(bool(unit))
        name = unit_names(self._session.ledger).get(unit, unit)
        self.whose.setText(f"只看{name}的隐患")

    def go_to(self, finding: str) -> None:
        """Stand on this finding, without a filter where the one on hides it."""
        number = number_of(self._session.ledger, finding)
        if number is not None and self.model.row_of(number) < 0:
            self.show_view("all")
        row = self.model.row_of(number)
        if row >= 0:
            self.table.choose(row)

    def refresh(self) -> None:
        """Read the list anew, and stay on its finding; where that left, the next one moves up."""
        stood = self.table.currentIndex().row()
        number = self.model.number_at(stood)
        ledger, today = self._session.ledger, self._session.today()
        found = numbers(ledger, self._view, today, self._words, self._unit)
        self.model.show(found, today)
        if found:
            row = self.model.row_of(number)
            self.table.choose(row if row >= 0 else min(max(stood, 0), len(found) - 1))
        self._stack.setCurrentWidget(self.table if found else self.nothing)
        if not found:
            self._say_why()
        self.limit.setVisible(self._is_cut(len(found)))
        self._counting.start()

    def _say_why(self) -> None:
        """Why the list is empty, and how to see more where there may be more."""
        if self._words:
            self.nothing.say("没有符合条件的隐患", "换一个词，或点“全部”。")
        elif self._view != "all":
            self.nothing.say("没有符合条件的隐患", "点“全部”可以看到其他隐患。")
        elif self._unit:
            self.nothing.say("这个单位还没有隐患", "点“看全部单位”可以看到其他隐患。")
        else:
            self.nothing.say("还没有隐患")

    def _is_cut(self, shown: int) -> bool:
        """Whether the search found more than it gives, of which the filter hid some again."""
        everything = self._view == "all" and not self._unit
        if not self._words or shown >= MOST_HITS or everything:
            return shown >= MOST_HITS and bool(self._words)
        ledger, today = self._session.ledger, self._session.today()
        return len(numbers(ledger, "all", today, self._words)) >= MOST_HITS

    def _count(self) -> None:
        """Write the counts on the chips, after the list is on screen."""
        if not self.isVisible():
            return
        ledger, today = self._session.ledger, self._session.today()
        by_unit = counts_by_unit(ledger, today) if self._unit else {}
        figures = (by_unit.get(self._unit, NONE) if self._unit else counts(ledger, today))._asdict()
        for view, words in VIEWS.items():
            figure = figures["total" if view == "all" else view]
            self.chips.set_text(view, f"{words} {figure}" if figure else words)

    def _take_view(self, view: str) -> None:
        self._view = view if view in FILTERS else "all"
        self.chips.choose([self._view])
        with suppress(AppError):  # a disk that takes no note of it must not stop the looking
            self._session.ledger.set_setting(VIEW_SETTING, self._view)
        self.refresh()
        self.narrowed.emit()

    def _on_chips(self, views: list[str]) -> None:
        self._take_view(views[0] if views else "all")

    def _on_searched(self, words: str) -> None:
        if words != self._words:
            self._words = words
            self.refresh()
            self.narrowed.emit()
