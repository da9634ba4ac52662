"""Digits or letters that somebody reads out by telephone: typed or pasted, shown in groups."""

import unicodedata

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from ui.look import mark

DIGITS, LETTERS = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
GROUP = 4


class CodeEntry(QLineEdit):
    """Takes only the signs of its alphabet, in any width and case, and puts a blank after four.

    An input method commits its full-width signs in one piece; they are read like any others.
    """

    changed = Signal()
    completed = Signal()  # the last sign is there

    def __init__(
        self, length: int, alphabet: str, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._length, self._alphabet = length, alphabet
        what = "位数字" if alphabet == DIGITS else "个字母和数字"
        self._unit = "位" if alphabet == DIGITS else "个"
        self.setPlaceholderText(f"共 {length} {what}")
        self.setAccessibleName(name)
        self.setAccessibleDescription(f"共 {length} {what}，每 {GROUP} {self._unit}一组，可以粘贴")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(18 * length)
        mark(self, role="code")
        self.textEdited.connect(self._on_edited)

    def code(self) -> str:
        """The signs that were typed, without blanks."""
        return self._bare(self.text())

    def missing(self) -> str:
        """还差 4 位; empty where all are there."""
        left = self._length - len(self.code())
        return f"还差 {left} {self._unit}" if left else ""

    def _bare(self, typed: str) -> str:
        plain = unicodedata.normalize("NFKC", typed).upper()
        return "".join(sign for sign in plain if sign in self._alphabet)[: self._length]

    def _on_edited(self, typed: str) -> None:
        """Group anew; the cursor stays behind the sign it stood behind."""
        before = len(self._bare(typed[: self.cursorPosition()]))
        bare = self._bare(typed)
        if grouped(bare) != typed:
            self.setText(grouped(bare))
            self.setCursorPosition(before + max(0, before - 1) // GROUP)
        self.changed.emit()
        if len(bare) == self._length:
            self.completed.emit()


def grouped(code: str) -> str:
    """1234 5678 …: as they are read out."""
    return " ".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))
