"""The dark bar at the left: where one is, where one can go, and who is working."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.colours import PALETTE
from ui.icons import Icons
from ui.look import mark
from ui.widgets.plain_label import plain_label
from ui.widgets.pressable import Pressable

WIDE, NARROW = 200, 60
FOLDS_BELOW = 1000
MOST_SHOWN = 999
STEPS = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}


class Entry(NamedTuple):
    """A page one can go to: its key, its words, the name of its icon."""

    key: str
    text: str
    icon: str


class SidebarEntry(Pressable):
    """One line of the sidebar, with a number at its end when something waits there."""

    walked = Signal(int)

    def __init__(self, entry: Entry, icons: Icons, parent: QWidget) -> None:
        super().__init__(entry.text, parent)
        self.entry = entry
        self._icon = icons.icon(entry.icon, PALETTE.slate_ink)
        self._icon_chosen = icons.icon(entry.icon, PALETTE.card)
        self._folded = False
        self._count = QLabel(self)
        self._count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        mark(self._count, role="count")
        self.setCheckable(True)
        self.setIconSize(QSize(20, 20))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.toggled.connect(lambda _: self._show_icon())
        self._show_icon()
        self.set_count(0)

    def set_count(self, count: int) -> None:
        """Show `count`, or nothing when it is zero."""
        self._count.setText(str(count) if count <= MOST_SHOWN else f"{MOST_SHOWN}+")
        self._count.setVisible(count > 0)
        spoken = f"{self.entry.text}，{count} 条待处理" if count else self.entry.text
        self.setAccessibleName(spoken)
        self.setToolTip(spoken if self._folded else "")
        self._place_count()

    def set_folded(self, folded: bool) -> None:
        """Show the icon alone; the words move to the tool tip."""
        self._folded = folded
        self.setText("" if folded else self.entry.text)
        mark(self, folded="true" if folded else "")
        self.setToolTip(self.accessibleName() if folded else "")
        self._place_count()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in STEPS:
            self.walked.emit(STEPS[event.key()])
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_count()

    def _show_icon(self) -> None:
        self.setIcon(self._icon_chosen if self.isChecked() else self._icon)

    def _place_count(self) -> None:
        self._count.adjustSize()
        right = self.width() - self._count.width()
        middle = (self.height() - self._count.height()) // 2
        self._count.move(right - (0 if self._folded else 10), 0 if self._folded else middle)


class Sidebar(QFrame):
    """The unit's name, the entries with their counts, and the person at work."""

    chosen = Signal(str)
    person_asked = Signal()

    def __init__(
        self, unit: str, entries: Sequence[Entry], icons: Icons, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._unit = plain_label(unit, "unit", copied=False)
        self._person = plain_label("", "person", copied=False)
        self._duty = plain_label("", "duty", copied=False)
        self._foot = QHBoxLayout()
        self._switch = self._make_switch(icons.icon("users", PALETTE.slate_ink, 16))
        self._entries = {entry.key: SidebarEntry(entry, icons, self) for entry in entries}
        self._group = QButtonGroup(self)
        for button in self._entries.values():
            self._group.addButton(button)
            button.clicked.connect(lambda _, key=button.entry.key: self.chosen.emit(key))
            button.walked.connect(lambda step, key=button.entry.key: self._walk(key, step))
        self.setAccessibleName("导航")
        self._lay_out(icons)
        self.set_folded(False)

    def current(self) -> str | None:
        """Tell the key of the marked entry."""
        button = self._group.checkedButton()
        return button.entry.key if isinstance(button, SidebarEntry) else None

    def set_current(self, key: str) -> None:
        """Mark the entry `key` without saying `chosen`."""
        self._entries[key].setChecked(True)

    def set_badge(self, key: str, count: int) -> None:
        """Show how many wait behind the entry `key`; zero hides the number."""
        self._entries[key].set_count(count)

    def set_unit(self, name: str) -> None:
        """Put the name of the unit on top."""
        self._unit.setText(name)

    def set_person(self, name: str, duty: str = "") -> None:
        """Show who is working, and as what."""
        self._person.setText(name)
        self._duty.setText(duty)
        self._duty.setHidden(self._person.isHidden() or not duty)
        self._switch.setAccessibleName(f"换人使用（当前：{name}）")

    def fit(self, window_width: int) -> None:
        """Fold to icons when the window is narrow."""
        self.set_folded(window_width < FOLDS_BELOW)

    def set_folded(self, folded: bool) -> None:
        """Show icons only, or icons and words."""
        self.setFixedWidth(NARROW if folded else WIDE)
        self._foot.setContentsMargins(0 if folded else 8, 0, 5 if folded else 2, 0)
        for part in (self._unit, self._person):
            part.setHidden(folded)
        self._duty.setHidden(folded or not self._duty.text())
        for button in self._entries.values():
            button.set_folded(folded)

    def _walk(self, key: str, step: int) -> None:
        keys = list(self._entries)
        at = keys.index(key) + step
        if 0 <= at < len(keys):
            self._entries[keys[at]].setFocus(Qt.FocusReason.TabFocusReason)

    def _make_switch(self, icon: QIcon) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon)
        button.setToolTip("换人使用")
        button.setAccessibleName("换人使用")
        button.clicked.connect(lambda: self.person_asked.emit())
        return button

    def _lay_out(self, icons: Icons) -> None:
        emblem = QLabel(self)
        emblem.setPixmap(icons.pixmap("school", PALETTE.card, 24))
        emblem.setFixedWidth(36)
        emblem.setAlignment(Qt.AlignmentFlag.AlignCenter)
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(emblem)
        top.addWidget(self._unit, 1)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._person)
        names.addWidget(self._duty)
        self._foot.addLayout(names, 1)
        self._foot.addWidget(self._switch)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 16, 10, 12)
        column.setSpacing(4)
        column.addLayout(top)
        column.addSpacing(14)
        for button in self._entries.values():
            column.addWidget(button)
        column.addStretch(1)
        column.addWidget(_rule())
        column.addSpacing(6)
        column.addLayout(self._foot)


def _rule() -> QFrame:
    line = QFrame()
    line.setFixedHeight(1)
    mark(line, role="rule")
    return line
