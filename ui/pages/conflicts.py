"""要决定的: what two people changed without knowing of each other, one after another."""

from collections import Counter

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from models.exchange.members import chain_of, pinned_office
from models.ledger.conflicts import Conflict, conflicts, decide
from models.ledger.ledger import Ledger
from models.ledger.titles import unit_names
from models.problems import AppError
from models.records.fields import Plain
from ui.colours import Tone
from ui.pages.conflict_versions import VersionsView
from ui.pages.page import Page
from ui.table.row_table import Cell, Column, Row, RowView
from ui.widgets.empty_state import EmptyState

NO_RIGHT = "没有改动：这一处本单位没有权限来定，请由登记这条记录的单位来定。"
MOST = 500
OWN = (Column("记录"), Column("项目", 110))
WITH_UNIT = (Column("学校", 120), Column("记录"), Column("项目", 110))


class ConflictPanel(QWidget):
    """The list at the left, the versions of the current one at the right."""

    counted = Signal(int)

    def __init__(self, page: Page, *, units: bool = False) -> None:
        super().__init__()
        self._page, self._units = page, units
        self._found: dict[str, Conflict] = {}
        self._pcs: dict[str, dict[str, str]] = {}
        self.table = RowView(WITH_UNIT if units else OWN, "要决定的")
        self.table.current_changed.connect(self._show)
        self.view = VersionsView(page.icons, self._pc)
        self.view.chosen.connect(self.decide)
        self.table.opened.connect(lambda _key: self.view.focus())
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.table, 2)
        row.addWidget(self.view, 3)
        nothing = EmptyState(
            page.icons,
            "circle-check",
            "没有要决定的",
            "两边改了同一处、又改得不一样时，会列在这里，由人来定；不会有内容丢失。",
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(nothing)
        self.stack.addWidget(both)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(self.stack)

    def refresh(self) -> Counter[str]:
        """Read what is to be decided; how many of each unit."""
        ledger = self._page.session.ledger
        found = conflicts(ledger, None, MOST)
        self._found = {_key(conflict): conflict for conflict in found}
        self._pcs = {}
        names = unit_names(ledger) if self._units else None
        self.table.show_rows([_row(key, one, names) for key, one in self._found.items()])
        self.stack.setCurrentIndex(1 if found else 0)
        if found and self.table.current() not in self._found:
            self.table.select(next(iter(self._found)))
        self._show(self.table.current())
        self.counted.emit(len(found))
        return Counter(conflict.unit for conflict in found)

    def decide(self, conflict: Conflict, value: Plain, words: str) -> None:
        """Write the decision, say it, and go on with the next one."""
        keys = list(self._found)
        at = keys.index(_key(conflict)) if _key(conflict) in keys else 0
        session = self._page.session

        def write(ledger: Ledger) -> None:
            try:
                decide(ledger, conflict, value)
            except ValueError:
                raise AppError(NO_RIGHT) from None

        if not self._page.attempt(lambda: session.write(write, conflict.table, "exchange")):
            return
        self.refresh()
        left = list(self._found)
        said = f"{conflict.title}：{conflict.label}定为“{words}”。"
        if conflict.kind == "deleted":
            said = f"{conflict.title}：已决定{words}。"
        more = f"还有 {len(left)} 处要决定。" if left else "都决定好了。"
        self._page.notice.say(said + more, Tone.GREEN)
        if left:
            self.table.select(left[min(at, len(left) - 1)])
            self.view.focus()

    def _show(self, key: str) -> None:
        if key in self._found:
            self.view.show_conflict(self._found[key])

    def _pc(self, unit: str, device: str) -> str:
        """What people call a PC: its name in the registry."""
        ledger = self._page.session.ledger
        if device == ledger.setting("device"):
            return "本机"
        office = pinned_office(ledger)
        for owner, kind in ((unit, "学校"), (office.unit if office else "", "教育局")):
            if owner and owner not in self._pcs:
                members = chain_of(ledger, owner).members
                self._pcs[owner] = {name: member.pc for name, member in members.items()}
            if device in self._pcs.get(owner, {}):
                return f"{kind}的电脑 {self._pcs[owner][device]}"
        return f"电脑 {device[:6]}"


def _key(conflict: Conflict) -> str:
    return f"{conflict.record}\n{conflict.field}"


def _row(key: str, conflict: Conflict, names: dict[str, str] | None) -> Row:
    what = "已删除又修改" if conflict.kind == "deleted" else conflict.label
    cells = [Cell(conflict.title), Cell(what)]
    if names is not None:
        cells.insert(0, Cell(names.get(conflict.unit, conflict.unit)))
    return Row(key, cells)
