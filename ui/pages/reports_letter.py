"""写公文: the words of a letter beside its pages; they stay on this PC, as typed."""

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QTextCursor
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from models.printing.letters import FORM
from models.problems import AppError, Problem
from models.written import read_written
from ui.colours import PALETTE, Tone
from ui.icons import SMALL, Icons
from ui.look import mark
from ui.session import Session
from ui.widgets.button import Button, Kind
from ui.widgets.notice import Notice

NARROWEST, WIDEST = 200, 330  # the pages beside it must have room at 150 %, too
WAIT_MS = 800
PATTERN = "文字 (*.docx *.txt);;所有文件 (*)"
HINT = (
    "第一行是标题，第二行写主送单位，以冒号结尾，以后每段一行。\n"
    "“一、”“（一）”开头的自动用规定的字体。\n"
    "最后可以写“附件：……”、单位和日期；不写单位和日期，就用本单位和今天。"
)
LINES = (
    ("number", "文号", "填了就排成红头文件，如 示教体〔2026〕3号"),
    ("signer", "签发人", "上行文才填"),
    ("copies", "抄送", "红头文件才填"),
)


class LetterPanel(QWidget):
    """Says `written` when what it holds was kept, so that the pages can be made anew."""

    written = Signal()

    def __init__(self, session: Session, icons: Icons) -> None:
        super().__init__()
        self._session = session
        self.setMinimumWidth(NARROWEST)
        self.setMaximumWidth(WIDEST)
        self.notice = Notice(icons)
        icon = icons.icon("folder-open", PALETTE.ink_soft, SMALL)
        self.file_button = Button("读入 Word 或文本文件", Kind.SECONDARY, icon, self.ask)
        self.text = QPlainTextEdit()
        self.text.setPlaceholderText(HINT)
        self.text.setTabChangesFocus(True)
        self.lines = {name: QLineEdit() for name, _label, _hint in LINES}
        self._build()
        self._show_draft()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(WAIT_MS)
        self._later.timeout.connect(self.keep)
        self.text.textChanged.connect(self._later.start)
        for line in self.lines.values():
            line.textEdited.connect(lambda _text: self._later.start())

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.file_button)
        column.addWidget(self.notice)
        _add(column, "文字", self.text)
        for name, label, hint in LINES:
            self.lines[name].setPlaceholderText(hint)
            _add(column, label, self.lines[name])

    def _show_draft(self) -> None:
        draft = self._session.draft(FORM)
        self.text.setPlainText(draft.get("text", ""))
        for name, line in self.lines.items():
            line.setText(draft.get(name, ""))

    def keep(self) -> None:
        """Keep what is typed, and say so."""
        self._later.stop()
        typed = {name: line.text() for name, line in self.lines.items()}
        try:
            self._session.keep_draft(FORM, {"text": self.text.toPlainText(), **typed})
        except AppError as error:
            self.notice.say(str(error), Tone.RED)
            return
        self.written.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        if self._later.isActive():
            self.keep()
        super().hideEvent(event)

    def ask(self) -> None:
        """Let the person choose a file."""
        name, _kind = QFileDialog.getOpenFileName(self, "读入文件", "", PATTERN)
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Put the words of a file in the place of what stands there; Ctrl+Z brings it back."""
        try:
            words = read_written(path)
        except Problem as problem:
            self.notice.say(f"{path.name}：{problem}", Tone.RED)
            return
        self.notice.hide()
        cursor = self.text.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(words)
        self.text.setFocus()
        self.keep()


def _add(column: QVBoxLayout, words: str, entry: QWidget) -> None:
    label = QLabel(words)
    mark(label, role="hint")
    label.setBuddy(entry)
    entry.setAccessibleName(words)
    column.addWidget(label)
    column.addWidget(entry, 1 if isinstance(entry, QPlainTextEdit) else 0)
