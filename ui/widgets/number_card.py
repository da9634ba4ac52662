"""A figure that matters today, large, with its words; pressing it leads to the records."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.colours import Tone
from ui.look import mark, restyle
from ui.widgets.pressable import Pressable


class NumberCard(Pressable):
    """A pressable card: caption, large figure with its unit, a small note."""

    def __init__(self, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caption = self._part("caption", caption)
        self._figure = self._part("figure", "—")
        self._unit = self._part("unit")
        self._note = self._part("note")
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self._figure)
        line.addWidget(self._unit, 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(2)
        column.addWidget(self._caption)
        column.addLayout(line)
        column.addWidget(self._note)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_figure("—")

    def show_figure(
        self, figure: str | int, unit: str = "", note: str = "", tone: Tone = Tone.GREY
    ) -> None:
        """Show `figure` in the colour of `tone`; `note` says in words what the colour means."""
        self._figure.setText(str(figure))
        self._unit.setText(unit)
        self._note.setText(note)
        self.setProperty("tone", tone.value)
        for part in (self, self._figure, self._note):
            # the parts' colours hang on the card's tone
            restyle(part)
        spoken = f"{self._caption.text()} {figure} {unit}".strip()
        self.setAccessibleName(f"{spoken}，{note}" if note else spoken)

    def _part(self, role: str, text: str = "") -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        mark(label, role=role)
        return label
