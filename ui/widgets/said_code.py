"""A code that is typed while somebody reads it out, with its button and the words beside it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.problems import Problem
from ui.look import mark
from ui.widgets.button import Button, Kind
from ui.widgets.code_entry import CodeEntry
from ui.widgets.plain_label import plain_label


class SaidCode(QWidget):
    """Says `given` when the button or Enter is pressed and all signs are there."""

    given = Signal(str)

    def __init__(
        self, length: int, alphabet: str, name: str, button: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.entry = CodeEntry(length, alphabet, name)
        self.entry.returnPressed.connect(self._give)
        self.entry.changed.connect(lambda: self.complain(""))
        self.button = Button(button, Kind.PRIMARY, on_click=self._give)
        self.problem = plain_label(role="problem")
        row = QHBoxLayout()
        row.addWidget(self.entry, 1)
        row.addWidget(self.button)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.problem)
        self.setFocusProxy(self.entry)
        self.complain("")

    def complain(self, words: Problem | str) -> None:
        """Say below the entry what is wrong with the code; empty takes it back."""
        self.problem.setText(str(words))
        self.problem.setVisible(bool(str(words)))
        mark(self.entry, invalid=bool(str(words)))
        self.entry.setToolTip(str(words))

    def clear(self) -> None:
        """Forget what was typed."""
        self.entry.clear()
        self.complain("")

    def _give(self) -> None:
        if missing := self.entry.missing():
            self.complain(f"{missing}。请接着输入。")
            self.entry.setFocus()
        else:
            self.given.emit(self.entry.code())
