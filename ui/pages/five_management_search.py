"""Finding a line of the sheet by the words of its question, through all five areas."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from models.ledger.search import Initials, says
from models.templates.five_management import Line
from ui.icons import Icons
from ui.look import mark
from ui.widgets.search_field import SearchField

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
FIELD_WIDTH = 210
HINT = "查找要点，如 手机、作业"


class _Field(SearchField):
    """Enter goes on to the next, unless it starts a search; ↓ goes to what was found."""

    next_asked = Signal()
    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        said = self._said
        if event.key() == Qt.Key.Key_Down:
            self.entered.emit()
            return
        super().keyPressEvent(event)
        if event.key() in ENTER and self._said == said:
            self.next_asked.emit()


class LineSearch(QWidget):
    """A field, and which of how many lines is shown."""

    went = Signal(str)  # the line to show, or "" where there is none
    entered = Signal()  # the person wants to answer that line

    def __init__(self, initials: Initials, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._initials = initials
        self._lines: Sequence[Line] = ()
        self._hits: list[str] = []
        self._at = 0
        self.field = _Field(HINT, icons)
        self.field.setFixedWidth(FIELD_WIDTH)
        self.field.setToolTip("按要点里的字或拼音首字母查找；回车到下一处，↓ 去填写（Ctrl+F）")
        self.count = QLabel()
        mark(self.count, role="hint")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.count)
        row.addWidget(self.field)
        self.field.searched.connect(self._search)
        self.field.next_asked.connect(self._go_on)
        self.field.entered.connect(self.entered)
        self.setFocusProxy(self.field)

    def set_lines(self, lines: Sequence[Line]) -> None:
        """The lines to search; what was found before is found anew."""
        self._lines = lines
        self._search(self.field.text())

    def _search(self, words: str) -> None:
        wanted = words.strip()
        self._hits = [
            line.id for line in self._lines if wanted and says(self._initials, line.label, wanted)
        ]
        self._at = 0
        self._show(wanted)

    def _go_on(self) -> None:
        if self._hits:
            self._at = (self._at + 1) % len(self._hits)
            self._show(self.field.text())

    def _show(self, wanted: str) -> None:
        if self._hits:
            self.count.setText(f"{self._at + 1}/{len(self._hits)}")
        else:
            self.count.setText("没有找到" if wanted else "")
        self.went.emit(self._hits[self._at] if self._hits else "")
