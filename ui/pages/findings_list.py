"""The left half of 隐患排查: view chips with their counts, conditions, search, the list."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models.ledger.finding_figures import FindingFigures
from models.ledger.finding_filter import FILTERS, FindingFilter, keep_views, saved_views
from models.ledger.findings import MOST_HITS, number_of, numbers
from models.ledger.sides import written_here
from models.ledger.titles import unit_names
from models.problems import AppError
from ui.icons import Icons
from ui.look import mark
from ui.pages.findings_charts import FindingCharts
from ui.pages.findings_filter import FilterPanel, without, words_of
from ui.pages.findings_head import ListHead
from ui.pages.findings_selection import MOST_AT_ONCE, ONLY_SEEN, TOO_MANY, SelectionBar
from ui.pages.findings_views import ColumnMenu, SavedViews, ViewChips, ViewName
from ui.session import Session
from ui.table.column_choice import ColumnChoice
from ui.table.finding_table import FindingModel, FindingTable
from ui.widgets.empty_state import EmptyState
from ui.widgets.tag_bar import TagBar

FILTER_SETTING, COLUMNS_SETTING = "findings.filter", "findings.columns"
LOW = 480


class FindingList(QWidget):
    """Says `chosen` when the person goes to a finding, `narrowed` when they filter or search."""

    chosen = Signal(str)
    narrowed = Signal()
    step_wanted = Signal(int)  # of the current finding, counted from 1; 0 goes to the first
    pasted = Signal()
    many_asked = Signal(str)  # an action of SelectionBar
    view_removed = Signal(str, object)  # said in words, and how to bring it back

    def __init__(self, session: Session, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._words = ""
        ledger = session.ledger
        self.filter = FindingFilter.of(ledger.setting(FILTER_SETTING))
        self.chips = ViewChips(session)
        self.tags = TagBar("筛选条件")
        self.limit = QLabel(f"只显示最近登记的 {MOST_HITS} 条，请再多输入几个字。")
        mark(self.limit, role="hint")
        self.limit.hide()
        self.model = FindingModel(ledger, self)
        self.table = FindingTable(self.model)
        self.selection = SelectionBar()
        self.nothing = EmptyState(icons, "search", "没有符合条件的隐患")
        self.panel = FilterPanel(ledger)
        self.charts = FindingCharts()
        self.views = SavedViews(ledger, self)
        self.view_name = ViewName()
        self.columns = ColumnMenu(self.table, self)
        self.head = ListHead(icons, self.views, self.columns)
        self.search = self.head.search
        self._stack = QStackedWidget()
        self._build()
        self._wire()
        self.table.arrange(ColumnChoice.of(ledger.setting(COLUMNS_SETTING)))

    # ---- laying out --------------------------------------------------------------------------

    def _build(self) -> None:
        for shown in (self.table, self.nothing, self.panel, self.charts):
            self._stack.addWidget(shown)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.head)
        for part in (self.view_name, self.chips, self.tags, self.limit):
            column.addWidget(part)
        column.addWidget(self._stack, 1)
        column.addWidget(self.selection)  # below: no row moves away while one is selecting

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.head.set_low(self.height() < LOW)

    def _wire(self) -> None:
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(lambda: self.search.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self.chips.choose([self.filter.view])
        self.chips.changed.connect(lambda on: self._narrow(view=on[0] if on else "all"))
        self.tags.removed.connect(lambda name: self.take(without(self.filter, name)))
        self.search.searched.connect(self._on_searched)
        self.panel.changed.connect(self.take)
        self.panel.closed.connect(self._show_list)
        self.head.filter.clicked.connect(self._on_filter_button)
        self.head.charts.clicked.connect(self._on_chart_button)
        self.views.taken.connect(self.take)
        self.views.naming.connect(self.view_name.ask)
        self.views.removed.connect(self._remove_view)
        self.view_name.named.connect(
            lambda name, old: self._try(lambda: self.views.keep(name, self.filter, old))
        )
        header = self.table.header
        header.show_order(self.filter.order)
        header.ordered.connect(lambda order: self._narrow(order=order))
        header.arranged.connect(lambda choice: self._keep(COLUMNS_SETTING, choice.text()))
        self.table.chosen.connect(self.chosen)
        self.table.selected.connect(self.selection.show_count)
        self.table.digit.connect(self._on_digit)
        self.table.entered.connect(lambda: self.step_wanted.emit(0))
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self.table)
        paste.setContext(Qt.ShortcutContext.WidgetShortcut)
        paste.activated.connect(self.pasted)
        self.selection.asked.connect(self.many_asked)

    # ---- what the page asks ------------------------------------------------------------------

    @property
    def view(self) -> str:
        """The view that is on."""
        return self.filter.view

    @property
    def current_id(self) -> str:
        """The finding the list stands on; empty where it stands on none."""
        row = self.model.finding_at(self.table.currentIndex().row())
        return row.id if row else ""

    def selected_ids(self) -> list[str]:
        """The findings that are selected, from the top; AppError where they are too many or
        belong to others."""
        if self.table.count() > MOST_AT_ONCE:
            raise AppError(TOO_MANY)
        found = [self.model.finding_at(row) for row in self.table.rows()]
        rows = [row for row in found if row is not None]
        ledger = self._session.ledger
        others = {row.id for row in rows if row.unit != ledger.unit}
        if others - written_here(ledger, "finding", others):
            raise AppError(ONLY_SEEN)
        return [row.id for row in rows]

    def show_view(self, view: str) -> None:
        """Turn one view on alone; a search or condition would only hide what is asked for."""
        self.search.clear()
        self._words = ""
        self.take(FindingFilter(view=view if view in FILTERS else "all", order=self.filter.order))

    def show_unit(self, unit: str) -> None:
        """Show the findings of one unit, until that condition is taken away."""
        self.search.clear()
        self._words = ""
        self.take(FindingFilter(unit=unit, order=self.filter.order))

    def _units(self) -> Mapping[str, str]:
        """What units are called, where one of them is a condition."""
        return unit_names(self._session.ledger) if self.filter.unit else {}

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
        few = 1 < self.table.count() <= MOST_AT_ONCE
        selected = [self.model.number_at(row) for row in self.table.rows()] if few else []
        found = numbers(self._session.ledger, self.filter, self._session.today(), self._words)
        self.model.show(found, self._session.today())
        if found:
            row = self.model.row_of(number)
            self.table.choose(row if row >= 0 else min(max(stood, 0), len(found) - 1))
            again = [row for row in map(self.model.row_of, selected) if row >= 0]
            if again:
                self.table.select(again)
        self.selection.show_count(self.table.count())
        self.limit.setVisible(self._is_cut(len(found)))
        self.tags.show_tags(words_of(self.filter, self._units()))
        self.panel.say_count(len(found))
        self._show_found(bool(found))
        self.chips.count_soon(self.filter.unit)

    # ---- showing -----------------------------------------------------------------------------

    def _show_found(self, found: bool) -> None:
        """The list, or why it is empty; charts and conditions stay where they are open."""
        if not found:
            self._say_why()
        if self._stack.currentWidget() is self.charts:
            self._draw_charts()
        elif self._stack.currentWidget() is not self.panel:
            self._stack.setCurrentWidget(self.table if found else self.nothing)

    def _show_list(self) -> None:
        self._stack.setCurrentWidget(self.table if self.model.rowCount() else self.nothing)
        self.head.filter.setChecked(False)
        self.head.charts.setChecked(False)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_filter_button(self, on: bool) -> None:
        self._show_list()
        if on:
            self.head.filter.setChecked(True)
            self._stack.setCurrentWidget(self.panel)
            self.panel.open(self.filter)

    def _on_chart_button(self, on: bool) -> None:
        self._show_list()
        if on:
            self.head.charts.setChecked(True)
            self._draw_charts()
            self._stack.setCurrentWidget(self.charts)

    def _draw_charts(self) -> None:
        ledger, today = self._session.ledger, self._session.today()
        self.charts.show_figures(FindingFigures(ledger, self.filter, today, self._words), today)

    def _say_why(self) -> None:
        """Why the list is empty, and how to see more where there may be more."""
        if self._words:
            self.nothing.say("没有符合条件的隐患", "换一个词，或点“全部”。")
        elif [*self.filter.conditions] == ["unit"] and self.view == "all":
            self.nothing.say("这个单位还没有隐患", "点上面带 ✕ 的单位，可以看到其他隐患。")
        elif self.filter.conditions:
            self.nothing.say("没有符合条件的隐患", "点上面带 ✕ 的条件，可以去掉它。")
        elif self.view != "all":
            self.nothing.say("没有符合条件的隐患", "点“全部”可以看到其他隐患。")
        else:
            self.nothing.say("还没有隐患")

    def _is_cut(self, shown: int) -> bool:
        """Whether the search found more than it gives, of which the filter hid some again."""
        if not self._words or shown >= MOST_HITS or self.filter.is_plain:
            return shown >= MOST_HITS and bool(self._words)
        ledger, today = self._session.ledger, self._session.today()
        return len(numbers(ledger, "all", today, self._words)) >= MOST_HITS

    # ---- what the person does ----------------------------------------------------------------

    def take(self, chosen: FindingFilter) -> None:
        """Show what this filter lets through, and keep it for the next start."""
        self.filter = chosen
        self.chips.choose([chosen.view])
        self.table.header.show_order(chosen.order)
        self.panel.show_filter(chosen)
        self._keep(FILTER_SETTING, chosen.text())
        self.refresh()
        self.narrowed.emit()

    def _narrow(self, **changes: str) -> None:
        self.take(replace(self.filter, **changes))

    def _on_searched(self, words: str) -> None:
        if words != self._words:
            self._words = words
            self.refresh()
            self.narrowed.emit()

    def _on_digit(self, number: int) -> None:
        if self.table.count() > 1:
            self.selection.press(number)
        else:
            self.step_wanted.emit(number)

    def _remove_view(self, name: str) -> None:
        kept = saved_views(self._session.ledger)
        self._try(lambda: self.views.remove(name))
        back = partial(self._try, partial(keep_views, self._session.ledger, kept))
        self.view_removed.emit(f"已删除视图“{name}”。", back)

    def _keep(self, setting: str, text: str) -> None:
        self._try(lambda: self._session.ledger.set_setting(setting, text))

    def _try(self, work: Callable[[], object]) -> None:
        with suppress(AppError):  # a disk that takes no note of it must not stop the looking
            work()
