"""A password being typed: its name above, its signs hidden, what is wrong with it below."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui.look import mark
from ui.widgets.plain_label import plain_label

WIDTH = 320


class PasswordEntry(QWidget):
    """Says `given` when Enter is pressed."""

    given = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setAccessibleName(name)
        self.line.setMaximumWidth(WIDTH)
        self.line.returnPressed.connect(self.given)
        self.line.textEdited.connect(lambda _text: self.complain(""))
        self.problem = plain_label(role="problem")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(plain_label(name, "hint", copied=False))
        column.addWidget(self.line)
        column.addWidget(self.problem)
        self.setFocusProxy(self.line)
        self.complain("")

    def text(self) -> str:
        """What was typed."""
        return self.line.text()

    def clear(self) -> None:
        """Forget what was typed."""
        self.line.clear()
        self.complain("")

    def complain(self, words: str) -> None:
        """Say below what is wrong, and go there; empty takes it back."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        mark(self.line, invalid=bool(words))
        self.line.setToolTip(words)
        if words:
            self.line.setFocus()
            self.line.selectAll()
