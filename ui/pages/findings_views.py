"""Above the list of findings: its views with their counts, saved views, the columns."""

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QWidget

from models.ledger.finding_filter import ORDERS, FindingFilter, keep_views, saved_views
from models.ledger.findings import NONE, counts, counts_by_unit
from models.ledger.ledger import Ledger
from ui.session import Session
from ui.table.finding_table import FindingTable
from ui.widgets.button import Button, Kind
from ui.widgets.chip_bar import ChipBar

VIEWS = {
    "all": "全部",
    "open": "未销号",
    "late": "逾期",
    "due": "7日内到期",
    "recheck": "待复查",
    "closed": "已销号",
    "major": "重大",
}
COUNT_DELAY_MS = 60
LONGEST_NAME = 20


class ViewChips(ChipBar):
    """The views of all findings, each with how many it holds."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__([*VIEWS.items()], name="按状态筛选", parent=parent)
        self._session, self._unit = session, ""
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(COUNT_DELAY_MS)
        self._counting.timeout.connect(self._count)

    def count_soon(self, unit: str) -> None:
        """Write the counts on the chips, of a unit or of all, after the list is on screen."""
        self._unit = unit
        self._counting.start()

    def _count(self) -> None:
        if not self.isVisible():
            return
        ledger, today = self._session.ledger, self._session.today()
        units = counts_by_unit(ledger, today) if self._unit else {}
        found = units.get(self._unit, NONE) if self._unit else counts(ledger, today)
        figures = found._asdict()
        for view, words in VIEWS.items():
            figure = figures["total" if view == "all" else view]
            self.set_text(view, f"{words} {figure}" if figure else words)


class SavedViews(QMenu):
    """Filters under names: one is taken, the present one kept, another renamed or deleted."""

    taken = Signal(object)  # a FindingFilter
    naming = Signal(str)  # a view to be renamed, or "" for the present filter
    removed = Signal(str)

    def __init__(self, ledger: Ledger, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ledger = ledger
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Offer what is kept now."""
        _empty(self)
        kept = saved_views(self._ledger)
        for name, view in kept.items():
            self.addAction(_shown(name), partial(self.taken.emit, view))
        if not kept:
            self.addAction("还没有保存的视图").setEnabled(False)
        self.addSeparator()
        self.addAction("保存现在的筛选…", partial(self.naming.emit, ""))
        for words, signal in (("改名", self.naming), ("删除", self.removed)):
            menu = self.addMenu(words)
            menu.setEnabled(bool(kept))
            for name in kept:
                menu.addAction(_shown(name), partial(signal.emit, name))

    def keep(self, name: str, chosen: FindingFilter, old: str = "") -> None:
        """Keep a filter under a name, or a kept one under another."""
        kept = saved_views(self._ledger)
        if old in kept:
            chosen = kept[old]
            kept = {(name if one == old else one): view for one, view in kept.items()}
        keep_views(self._ledger, {**kept, name: chosen})

    def remove(self, name: str) -> None:
        """Forget a view."""
        kept = saved_views(self._ledger)
        keep_views(self._ledger, {one: view for one, view in kept.items() if one != name})


class ViewName(QWidget):
    """A line for the name of a view; Enter keeps it, Esc leaves it."""

    named = Signal(str, str)  # the name, the view's old name

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._old = ""
        self.typed = QLineEdit()
        self.typed.setMaxLength(LONGEST_NAME)
        self.typed.setPlaceholderText("视图名称，如：食堂未销号")
        self.typed.setAccessibleName("视图名称")
        self.typed.returnPressed.connect(self._on_named)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.typed, 1)
        line.addWidget(Button("保存", on_click=self._on_named))
        line.addWidget(Button("取消", Kind.FLAT, on_click=self.hide))
        escape = QAction(self)
        escape.setShortcut("Esc")
        escape.triggered.connect(self.hide)
        self.typed.addAction(escape)
        self.hide()

    def ask(self, old: str) -> None:
        """Ask for the name of a new view, or for another of this one."""
        self._old = old
        self.typed.setText(old)
        self.show()
        self.typed.selectAll()
        self.typed.setFocus()

    def _on_named(self) -> None:
        if name := self.typed.text().strip():
            self.hide()
            self.named.emit(name, self._old)


class ColumnMenu(QMenu):
    """Which columns are shown, and by which one the list is sorted."""

    def __init__(self, table: FindingTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Offer the columns as they stand now."""
        _empty(self)
        header, columns = self._table.header, self._table.columns
        shown = header.shown()
        self._add_orders()
        self.addSeparator()
        for column in columns:
            action = self.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(column.key in shown)
            action.setEnabled(bool(column.width))  # a list without the words says nothing
            action.triggered.connect(partial(self._toggle, column.key))
        self.addSeparator()
        self.addAction("恢复默认的列", partial(header.choose, []))

    def _add_orders(self) -> None:
        menu = self.addMenu("排序")
        group = QActionGroup(menu)
        now = self._table.header.order
        orders = [("最近排查的在前", "")]
        for column in self._table.columns:
            if column.key in ORDERS:
                orders += [
                    (f"{column.title} ↑", column.key),
                    (f"{column.title} ↓", f"-{column.key}"),
                ]
        for words, order in orders:
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(order == now)
            action.triggered.connect(partial(self._sort, order))
            group.addAction(action)

    def _sort(self, order: str) -> None:
        self._table.header.show_order(order)
        self._table.header.ordered.emit(order)

    def _toggle(self, key: str) -> None:
        shown = self._table.header.shown()
        keys = [one for one in shown if one != key] if key in shown else [*shown, key]
        self._table.header.choose(keys)


def _shown(name: str) -> str:
    return name.replace("&", "&&")


def _empty(menu: QMenu) -> None:
    """Take everything out; Qt itself would keep the menus within it."""
    menu.clear()
    for part in menu.findChildren(QMenu):
        part.setParent(None)
        part.deleteLater()
