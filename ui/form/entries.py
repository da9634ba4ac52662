"""One widget for each kind of field.

All entries share five members and nothing else is asked of them: `changed` (the person edited it),
`value()` (the answer, None where it is empty, or its Problem raised), `set_value(value)`, and
`raw()` / `set_raw(text)`, what was typed as it was typed, for drafts.
"""

from functools import singledispatch
from typing import Any, Protocol

from PySide6.QtCore import QDate, Qt, Signal, SignalInstance
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QWidget,
    QWidgetAction,
)

from models.records.fields import Choice, Day, Field, Flags, Text
from ui.form.typed_entry import TypedEntry
from ui.widgets.flow import Flow


class Entry(Protocol):
    """What a form asks of any entry."""

    changed: SignalInstance

    def value(self) -> Any: ...
    def set_value(self, value: Any) -> None: ...
    def raw(self) -> str: ...
    def set_raw(self, text: str) -> None: ...


class LongEntry(QPlainTextEdit):
    """Words over several lines; Tab goes to the next field."""

    changed = Signal()

    def __init__(self, kind: Text, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self.setTabChangesFocus(True)
        self.setPlaceholderText(kind.help)
        self.setFixedHeight(24 * kind.lines + 18)
        self.textChanged.connect(self.changed.emit)

    def value(self) -> str | None:
        return self._kind.parse(self.toPlainText()) or None

    def set_value(self, value: str | None) -> None:
        self.set_raw(value or "")

    def raw(self) -> str:
        return self.toPlainText()

    def set_raw(self, text: str) -> None:
        self.blockSignals(True)
        self.setPlainText(text)
        self.blockSignals(False)


class ChoiceEntry(QComboBox):
    """An answer that is chosen from a list."""

    changed = Signal()

    def __init__(self, kind: Choice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.addItem("请选择" if kind.required else "", "")
        for code, label in kind.options.items():
            self.addItem(label, code)
        self.activated.connect(lambda _index: self.changed.emit())
        # the longest choice must not push the neighbours away; the open list shows it whole
        self.setSizeAdjustPolicy(self.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)

    def showPopup(self) -> None:
        view = self.view()
        view.setMinimumWidth(view.sizeHintForColumn(0) + 20)  # with what the style adds around
        super().showPopup()

    def value(self) -> str | None:
        code: str = self.currentData()
        return code or None

    def set_value(self, value: str | None) -> None:
        index = self.findData(value or "")
        if index < 0:  # a code of a newer program is shown as it is, never dropped
            self.addItem(str(value), value)
            index = self.count() - 1
        self.setCurrentIndex(index)

    def raw(self) -> str:
        return self.value() or ""

    def set_raw(self, text: str) -> None:
        self.set_value(text)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling a page over a closed list must not change an answer."""
        event.ignore()


class DayEntry(QWidget):
    """A day that is typed or picked from a calendar."""

    changed = Signal()

    def __init__(self, kind: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.typed = TypedEntry(kind)
        self.typed.setAccessibleName(kind.label)
        self.typed.changed.connect(self.changed.emit)
        button = QPushButton("▾")
        button.setProperty("kind", "calendar")
        button.setAccessibleName(f"{kind.label}：打开日历")
        button.setFixedWidth(34)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.typed)
        layout.addWidget(button)
        self.setFocusProxy(self.typed)
        # last: a menu that is older than the proxy catches the Tab key within this entry
        button.setMenu(self._calendar())

    def _calendar(self) -> QMenu:
        menu = QMenu(self)
        action = QWidgetAction(menu)

        def fill() -> None:  # a calendar costs milliseconds; it is made when first opened
            if action.defaultWidget() is None:
                calendar = QCalendarWidget()
                calendar.setGridVisible(False)
                for picked in (calendar.clicked, calendar.activated):  # the mouse, and Enter
                    picked.connect(self._pick)
                    picked.connect(menu.close)
                action.setDefaultWidget(calendar)
                menu.addAction(action)

        menu.aboutToShow.connect(fill)
        return menu

    def _pick(self, day: QDate) -> None:
        self.typed.setText(day.toString("yyyy-MM-dd"))
        self.changed.emit()

    def value(self) -> Any:
        return self.typed.value()

    def set_value(self, value: Any) -> None:
        self.typed.set_value(value)

    def raw(self) -> str:
        return self.typed.raw()

    def set_raw(self, text: str) -> None:
        self.typed.set_raw(text)


class FlagsEntry(QWidget):
    """Any of a few, as check boxes that flow."""

    changed = Signal()

    def __init__(self, kind: Flags, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = Flow(self)
        self._boxes: dict[str, QCheckBox] = {}
        for code, label in kind.options.items():
            self._add(code, label)
        self.setFocusProxy(next(iter(self._boxes.values())))

    def _add(self, code: str, label: str) -> None:
        box = QCheckBox(label)
        box.clicked.connect(lambda _checked: self.changed.emit())
        self._flow.addWidget(box)
        self._boxes[code] = box

    def value(self) -> frozenset[str] | None:
        return frozenset(code for code, box in self._boxes.items() if box.isChecked()) or None

    def set_value(self, value: frozenset[str] | None) -> None:
        chosen = value or frozenset()
        for code in sorted(chosen - self._boxes.keys()):
            self._add(code, code)  # a code of a newer program is shown as it is, never dropped
        for code, box in self._boxes.items():
            box.setChecked(code in chosen)

    def box(self, code: str) -> QCheckBox:
        """The check box of one of them."""
        return self._boxes[code]

    def raw(self) -> str:
        return ",".join(sorted(self.value() or ()))

    def set_raw(self, text: str) -> None:
        self.set_value(frozenset(filter(None, text.split(","))))


@singledispatch
def entry_for(kind: Any) -> QWidget:
    """The widget for a kind of field; most kinds are typed."""
    return TypedEntry(kind)


@entry_for.register
def _(kind: Choice) -> QWidget:
    return ChoiceEntry(kind)


@entry_for.register
def _(kind: Flags) -> QWidget:
    return FlagsEntry(kind)


@entry_for.register
def _(kind: Day) -> QWidget:
    return DayEntry(kind)


@entry_for.register
def _(kind: Text) -> QWidget:
    return LongEntry(kind) if kind.lines > 1 else TypedEntry(kind)
