"""心得感悟: typed or from a file, counted while it is typed, many files at once."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from models.problems import Problem
from models.records.characters import METHOD, count_characters
from models.records.development import Reflection
from models.records.growth import with_characters
from models.records.programme import Programme
from models.records.record import show_answer
from models.written import read_written
from ui.colours import PALETTE, Tone
from ui.icons import SMALL, Icons
from ui.look import mark
from ui.pages.training_development import DevelopmentPanel, day_cell
from ui.pages.training_development_import import ImportPanel
from ui.session import Session
from ui.table.row_table import Cell, Column, number_cell
from ui.tasks import Tasks
from ui.widgets.button import Button, Kind
from ui.widgets.plain_label import plain_label

PATTERN = "心得 (*.docx *.txt)"


class ReflectionPanel(DevelopmentPanel[Reflection]):
    """The newest first; a body that is too short for its programme is marked, never refused."""

    kind = Reflection
    columns = (
        Column("提交日期", 100),
        Column("作者", 90),
        Column("题目"),
        Column("字数", 80, right=True),
        Column("等次", 90, spare=1),
    )
    named_by, dated = "topic", "submitted_on"
    offered = ("reviewer",)
    searched = ("topic", "reviewer", "file_name")
    icon = "file-text"
    search_words = "按作者、题目、评阅人或拼音首字母查找"
    purpose = "可以直接写，也可以一次导入一个文件夹的 .docx、.txt；字数自动计。"

    def __init__(self, session: Session, icons: Icons, parent: QWidget | None = None) -> None:
        self._least: dict[str, int] = {}
        self._file_name = ""
        super().__init__(session, icons, parent)
        self.counted = plain_label("", "hint")
        self.panel.head.addWidget(self.counted)
        upload = icons.icon("upload", PALETTE.ink_soft, SMALL)
        self.import_button = Button("批量导入", Kind.SECONDARY, upload)
        self.bar.addWidget(self.import_button)
        self.file_button = Button("读入文件", Kind.SECONDARY, upload, self._ask_file)
        self.panel.buttons.insertWidget(1, self.file_button)
        self.panel.form.edited.connect(self._count)

    def cells(self, record: Reflection) -> Sequence[Cell]:
        """Too few characters are orange, with the words that say so."""
        return (
            day_cell(record.submitted_on),
            self.owner_cell(record),
            Cell(record.topic or ""),
            self._count_cell(record),
            Cell(show_answer(record, "rating")),
        )

    def refresh(self) -> None:
        """Read the programmes and what each asks for, then the list."""
        known = self.session.ledger.all(Programme, unit=self.session.ledger.unit)
        self._least = {one.id: one.least_characters or 0 for one in known}
        super().refresh()

    def show_more(self, record: Reflection) -> None:
        """What the body counts so far."""
        self._file_name = record.file_name or ""
        self._count()

    def read_file(self, path: Path) -> None:
        """Put the words of a file in place of the body; what cannot be read is told."""
        try:
            text = read_written(path)
        except Problem as problem:
            self.notice.say(f"{path.name}：{problem}", Tone.RED)
            return
        self._file_name = path.name[-120:]
        entry = self.panel.form.entry("body")
        entry.setPlainText(text)
        if not self.panel.form.entry("topic").raw():
            self.panel.form.set_raw({"topic": path.stem})
        self._count()

    def _ask_file(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, "从文件读入正文", "", PATTERN)
        if name:
            self.read_file(Path(name))

    def _save(self, typed: Reflection, seen: Reflection) -> Reflection:
        counted = with_characters(typed, seen)
        return super()._save(replace(counted, file_name=self._file_name or None), seen)

    # ---- counting ----------------------------------------------------------------------------

    def _count(self) -> None:
        """The count as it is typed, and whether it is enough for the programme."""
        form = self.panel.form
        count = count_characters(form.entry("body").raw())
        try:
            least = self._least.get(form.entry("programme").value() or "", 0)
        except Problem:  # a programme half typed asks for nothing yet
            least = 0
        short = 0 < count < least
        mark(self.counted, role="problem" if short else "hint")
        self.counted.setText(_words(count, least))
        self.counted.setToolTip(f"计数方法 {METHOD}：汉字和中文标点各计 1，连续的字母数字计 1")

    def _count_cell(self, record: Reflection) -> Cell:
        count, least = record.characters or 0, self._least.get(record.programme or "", 0)
        if 0 < count < least:
            return Cell(str(count), count, Tone.ORANGE, f"班次要求至少 {least} 字")
        return number_cell(count, (record.method and f"计数方法 {record.method}") or "")


def _words(count: int, least: int) -> str:
    if not count:
        return "没有正文的，可以在“字数”里填手工数的字数。"
    asked = f"班次要求至少 {least} 字"
    if count < least:
        return f"正文 {count} 字，{asked}，还差 {least - count} 字；可以先保存。"
    return f"正文 {count} 字（{METHOD}）" + (f"，{asked}，够了。" if least else "。")


class ReflectionsPart(QWidget):
    """The register, or in its place the import of many files."""

    def __init__(self, session: Session, icons: Icons, tasks: Tasks) -> None:
        super().__init__()
        self.programme: Programme | None = None
        self.register = ReflectionPanel(session, icons)
        self.importing = ImportPanel(session, icons, tasks)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.register)
        self.stack.addWidget(self.importing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self.register.import_button.clicked.connect(lambda: self.open_import())
        self.importing.closed.connect(self._back)
        self.importing.taken.connect(self._on_taken)

    def refresh(self) -> None:
        """Read the register again; files that wait are left alone."""
        self.register.programme = self.programme
        self.importing.usual = self.programme.id if self.programme else ""
        self.register.refresh()
        self.importing.refresh()

    def knows(self, record: str) -> bool:
        """Whether a record is, or was, a reflection."""
        return self.register.knows(record)

    def open_record(self, record: str) -> None:
        """Show one reflection in the register."""
        self._back()
        self.register.open_record(record)

    def open_import(self) -> None:
        """Show the place for many files."""
        self.importing.refresh()
        self.stack.setCurrentWidget(self.importing)
        self.importing.zone.setFocus()

    def _back(self) -> None:
        self.stack.setCurrentWidget(self.register)

    def _on_taken(self, count: int) -> None:
        self._back()
        self.register.refresh()
        self.register.notice.say(f"已导入 {count} 篇心得。", Tone.GREEN)
