"""The check items a finding may start from: those that apply to this school, by category."""

from html import escape

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from models.records.finding import CATEGORIES
from models.templates.safety import FREQUENCIES, SafetyItem
from ui.icons import Icons
from ui.look import mark
from ui.session import Session
from ui.widgets.button import Button, Kind
from ui.widgets.plain_label import plain_label
from ui.widgets.search_field import SearchField

ITEM = int(Qt.ItemDataRole.UserRole)


class ItemPicker(QWidget):
    """Says `picked` with the item that failed."""

    picked = Signal(object)
    closed = Signal()

    def __init__(self, session: Session, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._initials = session.ledger.initials
        self._searched: dict[str, str] = {}
        self.search = SearchField("搜索检查项目，可用拼音首字母", icons)
        self.search.searched.connect(self._narrow)
        self.search.installEventFilter(self)
        self.tree = QTreeWidget()
        self.basis = plain_label("", "hint")
        self.choose = Button("登记这一项", Kind.PRIMARY, on_click=self._pick)
        self._build()

    def _build(self) -> None:
        title = QLabel("从检查项目开始")
        mark(title, role="title")
        hint = QLabel("选一项不符合的内容，隐患描述、类别和依据会自动填好。")
        hint.setWordWrap(True)
        mark(hint, role="hint")
        self.tree.setColumnCount(2)
        self.tree.setHeaderHidden(True)
        self.tree.setAccessibleName("检查项目")
        self.tree.setWordWrap(True)
        self.tree.setIndentation(12)
        self.tree.setColumnWidth(1, 64)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, self.tree.header().ResizeMode.Stretch)
        self.tree.currentItemChanged.connect(lambda *_items: self._show_basis())
        self.tree.itemActivated.connect(lambda *_item: self._pick())
        escape_key = QShortcut(QKeySequence("Esc"), self)
        escape_key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape_key.activated.connect(self.closed.emit)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(Button("关闭", on_click=self.closed.emit))
        buttons.addWidget(self.choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for part in (title, hint, self.search):
            column.addWidget(part)
        column.addWidget(self.tree, 1)
        column.addWidget(self.basis)
        column.addLayout(buttons)

    def start(self) -> None:
        """Fill the list anew: what the school has may have changed."""
        organisation = self._session.ledger.organisation
        scopes = organisation.scopes if organisation else frozenset({"all"})
        items = self._session.safety.for_scopes(scopes)
        self.tree.clear()
        for category, label in CATEGORIES.items():
            mine = [item for item in items if item.category == category]
            if mine:
                group = QTreeWidgetItem(self.tree, [f"{label}（{len(mine)}）"])
                group.setFlags(Qt.ItemFlag.ItemIsEnabled)
                font = group.font(0)
                font.setBold(True)
                group.setFont(0, font)
                for item in mine:
                    self._add(group, item)
        self.tree.expandAll()
        self.search.clear()
        self._narrow("")
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, group: QTreeWidgetItem, item: SafetyItem) -> None:
        advice = "" if item.is_confirmed else "建议"
        line = QTreeWidgetItem(group, [item.wording, advice])
        line.setData(0, ITEM, item)
        line.setToolTip(0, f"<qt>{escape(item.wording)}</qt>")

    def _narrow(self, words: str) -> None:
        """Leave the items that hold every word, and stand on the first."""
        wanted = words.lower().split()
        first = None
        for at in range(self.tree.topLevelItemCount()):
            group = self.tree.topLevelItem(at)
            assert group is not None
            left = 0
            for line in (group.child(number) for number in range(group.childCount())):
                fits = all(word in self._text_of(line.data(0, ITEM)) for word in wanted)
                line.setHidden(not fits)
                left += fits
                if fits and first is None:
                    first = line
            group.setHidden(not left)
        if first is not None:
            self.tree.setCurrentItem(first)
        self.choose.setEnabled(first is not None)
        self._show_basis()

    def _text_of(self, item: SafetyItem) -> str:
        """What an item is searched by: its words, its category, its basis, its initials."""
        if item.id not in self._searched:
            label = CATEGORIES.get(item.category, "")
            letters = self._initials.of(item.wording).replace(" ", "")
            text = f"{item.wording} {label} {item.basis} {letters}"
            self._searched[item.id] = text.lower()
        return self._searched[item.id]

    def _current(self) -> SafetyItem | None:
        line = self.tree.currentItem()
        if line is None or line.isHidden():
            return None
        item = line.data(0, ITEM)
        return item if isinstance(item, SafetyItem) else None

    def _show_basis(self) -> None:
        item = self._current()
        if item is None:
            self.basis.setText("没有符合的检查项目，请换一个词。")
            return
        often = FREQUENCIES.get(item.frequency, item.frequency)
        self.basis.setText(
            f"{item.wording}\n依据：{item.basis}\n检查频次：{often}　佐证：{item.evidence}"
        )

    def _pick(self) -> None:
        item = self._current()
        if item is not None:
            self.picked.emit(item)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search field, the arrow goes down into the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._narrow(self.search.text())
                self._pick()
                return True
        return super().eventFilter(watched, event)
