"""The list of indicators: pasted from Excel or read from a CSV file, looked at, then taken in."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from models.files import write_whole
from models.ledger.indicators import ReadList, change_of, read_indicators, take_list, template
from models.problems import Problem
from models.records.development import Indicator
from models.written import plain_text
from ui.colours import PALETTE, Tone
from ui.form.pasted_text import PastedText, told_by_line
from ui.icons import SMALL, Icons
from ui.session import Session
from ui.widgets.button import Button, Kind
from ui.widgets.notice import Notice
from ui.widgets.plain_label import plain_label

DRAFT = "indicator:pasted"
HINT = "类别\t序号\t指标\t满分\n政治能力\t1\t……\t10"
EMPTY = "自测指标清单.csv"
MOST_BYTES = 2 << 20


class IndicatorPanel(QWidget):
    """What the list would change stands below it before it is taken in."""

    taken = Signal(str)
    closed = Signal()

    def __init__(self, session: Session, icons: Icons) -> None:
        super().__init__()
        self._session = session
        self._read = ReadList((), {})
        self.notice = Notice(icons)
        self.text = PastedText("指标清单", HINT, session, self.notice)
        self.change, self.problems = plain_label("", "hint"), plain_label("", "problem")
        upload = icons.icon("upload", PALETTE.ink_soft, SMALL)
        download = icons.icon("download", PALETTE.ink_soft, SMALL)
        self.file_button = Button("读取 CSV 文件", Kind.SECONDARY, upload, self._ask_file)
        self.empty_button = Button("保存空白清单", Kind.SECONDARY, download, self._ask_empty)
        self.close_button = Button("返回", on_click=self.closed.emit)
        self.take_button = Button("导入", Kind.PRIMARY, on_click=self.take)
        self._build()
        self.text.textChanged.connect(self._look)
        self._look()

    def _build(self) -> None:
        words = "从 Excel 复制“类别、序号、指标、满分”四列，粘贴在下面；也可以读取 CSV 文件。"
        foot = QHBoxLayout()
        for button in (self.empty_button, self.file_button):
            foot.addWidget(button)
        foot.addStretch()
        foot.addWidget(self.close_button)
        foot.addWidget(self.take_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(plain_label("导入指标清单", "title"))
        column.addWidget(plain_label(words, "hint"))
        column.addWidget(self.notice)
        column.addWidget(self.text, 1)
        column.addWidget(self.change)
        column.addWidget(self.problems)
        column.addLayout(foot)
        for keys, act in (("Ctrl+S", self.take), ("Esc", self.closed.emit)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def start(self) -> None:
        """Begin, or go on with the list that waits here."""
        self.notice.hide()
        self.text.open(DRAFT)
        self._look()
        self.text.setFocus()

    def take(self) -> None:
        """Take the list in; it stays where it cannot be saved."""
        listed = self._read.indicators
        if not listed or self._read.problems:
            return
        done: list[str] = []
        if self.notice.attempt(
            lambda: self._session.write(
                lambda ledger: done.append(take_list(ledger, listed).words()), Indicator.table
            )
        ):
            self.text.clear()
            self.text.flush()
            self.taken.emit(f"指标清单已导入：{done[0]}")

    def read_file(self, path: Path) -> None:
        """Put the lines of a CSV file into the box."""
        try:
            if path.stat().st_size > MOST_BYTES:
                raise Problem("文件超过 2 MB，不像一份指标清单。请检查是不是选错了文件。")
            self.text.setPlainText(plain_text(path.read_bytes()))
        except Problem as problem:
            self.notice.say(f"{path.name}：{problem}", Tone.RED)
        except OSError:
            self.notice.say(f"打不开 {path.name}，它可能已被移走，或正被别的程序打开。", Tone.RED)

    def save_empty(self, path: Path) -> None:
        """Save the empty list for Excel."""
        if self.notice.attempt(lambda: write_whole(path, template())):
            self.notice.say(f"已保存空白清单：{path}。用 Excel 填好后，再从这里读取。", Tone.GREEN)

    def _ask_file(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, "读取指标清单", "", "清单 (*.csv *.txt)")
        if name:
            self.read_file(Path(name))

    def _ask_empty(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(self, "保存空白清单", EMPTY, "CSV (*.csv)")
        if name:
            self.save_empty(Path(name))

    def _look(self) -> None:
        """What was read, what it would change, and which lines must be mended first."""
        try:
            self._read = read_indicators(self.text.toPlainText())
        except Problem as problem:
            self._read = ReadList((), {1: str(problem)})
        listed, wrong = self._read.indicators, self._read.problems
        words = f"读到 {len(listed)} 项。{change_of(self._session.ledger, listed).words()}"
        self.change.setText(words if listed else "还没有读到指标。")
        told = told_by_line(wrong)
        self.problems.setText(told)
        self.problems.setVisible(bool(told))
        self.take_button.setEnabled(bool(listed) and not wrong)
