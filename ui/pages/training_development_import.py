"""Many 心得 at once: each file with author, title, characters or problem, before one is saved."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from models.ledger.development import programme_now
from models.ledger.programmes import programme_words
from models.ledger.reflection_files import Arrived, Chosen, read_files, take_files
from models.ledger.same_person import person_choices, standing_people
from models.records.development import Reflection
from models.records.reading import tidy
from ui.colours import PALETTE, Tone
from ui.icons import SMALL, Icons
from ui.session import Session
from ui.table.row_table import Cell, Column, Row, RowView, number_cell
from ui.tasks import Tasks
from ui.widgets.button import Button, Kind
from ui.widgets.chooser import offer
from ui.widgets.drop_zone import DropZone
from ui.widgets.notice import Notice
from ui.widgets.plain_label import plain_label

COLUMNS = (
    Column("文件", 170),
    Column("作者", 110),
    Column("题目"),
    Column("字数", 64, right=True, spare=1),
    Column("情况"),
)
PATTERN = "心得 (*.docx *.txt *.doc);;所有文件 (*)"
LONGEST_TOPIC = 100


class ImportPanel(QWidget):
    """Files are read by the worker; all that are ready are saved in one transaction."""

    taken = Signal(int)
    closed = Signal()

    def __init__(self, session: Session, icons: Icons, tasks: Tasks) -> None:
        super().__init__()
        self._session, self._tasks = session, tasks
        self.usual = ""  # the programme that the page is about
        self._arrived: dict[str, Arrived] = {}
        self._authors: dict[str, str] = {}
        self._topics: dict[str, str] = {}
        self._people: Mapping[str, str] = {}
        self.notice = Notice(icons)
        hint = "支持 .docx 和 .txt；文件名里有姓名的，自动认出作者"
        self.zone = DropZone("把心得文件或文件夹拖到这里", hint, icons, lambda _path: True, PATTERN)
        folder = icons.icon("folder-open", PALETTE.ink_soft, SMALL)
        plus = icons.icon("plus", PALETTE.ink_soft, SMALL)
        self.more_button = Button("再选文件", Kind.SECONDARY, plus, self.zone.ask)
        self.clear_button = Button("清空", Kind.FLAT, None, self.clear)
        self.folder_button = Button("选择文件夹", Kind.SECONDARY, folder, self._ask_folder)
        self.programme = QComboBox()
        self.programme.setAccessibleName("班次")
        self.list = RowView(COLUMNS, "要导入的文件")
        self.author = QComboBox()
        self.author.setAccessibleName("作者")
        self.topic = QLineEdit()
        self.topic.setAccessibleName("题目")
        self.topic.setMaxLength(LONGEST_TOPIC)
        self.left_out, self.why = plain_label("", "hint"), plain_label("", "problem")
        self.close_button = Button("返回", on_click=self.closed.emit)
        self.take_button = Button("导入", Kind.PRIMARY, on_click=self.take)
        self._build()
        self._connect()
        self._show()

    def _build(self) -> None:
        top, edit, foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        top.addWidget(QLabel("班次"))
        top.addWidget(self.programme, 1)
        top.addStretch(1)
        for button in (self.clear_button, self.more_button, self.folder_button):
            top.addWidget(button)
        for words, widget, part in (("选中文件的作者", self.author, 1), ("题目", self.topic, 2)):
            label = QLabel(words)
            label.setBuddy(widget)
            edit.addWidget(label)
            edit.addWidget(widget, part)
        foot.addWidget(self.left_out, 1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.take_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self.notice)
        column.addWidget(self.zone)
        column.addWidget(self.list, 1)
        column.addWidget(self.why)
        column.addLayout(edit)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.zone.files_chosen.connect(self.read)
        self.list.current_changed.connect(self._show_one)
        self.list.opened.connect(lambda _id: self.author.setFocus())
        self.author.activated.connect(lambda _at: self._set_author())
        self.topic.editingFinished.connect(self._set_topic)
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.activated.connect(self.closed)

    def refresh(self) -> None:
        """Read people and programmes again; the files that were read stay."""
        ledger = self._session.ledger
        self._people = person_choices(ledger)
        for key, who in self._authors.items():  # who is gone meanwhile writes nothing
            self._authors[key] = who if who in self._people else ""
        offer(self.author, {"": "请选择作者", **self._people})
        kept = self.programme.currentData() if self._arrived else ""
        chosen = kept or self.usual or programme_now(ledger)
        offer(self.programme, {"": "不属于班次", **programme_words(ledger)})
        self.programme.setCurrentIndex(max(0, self.programme.findData(chosen)))
        self._show()

    # ---- reading -----------------------------------------------------------------------------

    def read(self, paths: Sequence[Path]) -> None:
        """Read these files beside those that are here already."""
        ledger = self._session.ledger
        people = [p for p in standing_people(ledger) if p.id in self._people]
        every = {*(one.path for one in self._arrived.values()), *paths}
        files = [path for path in every if path.is_file()]
        self._tasks.run(
            lambda: read_files(ledger, files, people),
            self._on_read,
            lambda words: self.notice.say(words, Tone.RED),
        )

    def _on_read(self, arrived: Sequence[Arrived]) -> None:
        self._arrived = {str(one.path): one for one in arrived}
        for key, one in self._arrived.items():
            self._authors.setdefault(key, one.author)
            self._topics.setdefault(key, one.topic)
        if not arrived:
            self.notice.say("这个文件夹里没有文件。请换一个文件夹。", Tone.ORANGE)
        else:
            self.notice.hide()
        self._show()
        self.list.setFocus()

    def clear(self) -> None:
        """Let go of the files; they lie where they are, and nothing was saved of them."""
        for kept in (self._arrived, self._authors, self._topics):
            kept.clear()
        self.notice.hide()
        self._show()
        self.zone.setFocus()

    def _ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "选择文件夹")
        if name:
            self.zone.offer([Path(name)])

    # ---- what is shown -----------------------------------------------------------------------

    def _show(self) -> None:
        rows = [Row(key, self._cells(key, one)) for key, one in self._arrived.items()]
        self.list.show_rows(rows)
        for widget in (self.list, self.more_button, self.clear_button):
            widget.setVisible(bool(rows))
        self.zone.setVisible(not rows)
        ready, asked, bad = len(self._ready()), 0, 0
        for key, one in self._arrived.items():
            bad += bool(one.problem)
            asked += not one.problem and not self._authors[key]
        self.take_button.setText(f"导入 {ready} 篇" if ready else "导入")
        self.take_button.setEnabled(ready > 0)
        told = [f"{asked} 篇还没有作者" if asked else "", f"{bad} 个文件有问题" if bad else ""]
        words = "，".join(filter(None, told))
        self.left_out.setText(f"{words}，不会导入。" if words else "")
        self._show_one(self.list.current())

    def _cells(self, key: str, one: Arrived) -> Sequence[Cell]:
        name = one.path.name
        author = self._authors[key]
        words = self._people.get(author, "")
        if one.problem:
            state = Cell(one.problem, tone=Tone.RED)
        elif author:
            state = Cell("可以导入", tone=Tone.GREEN)
        elif len(one.authors) > 1:
            state = Cell(f"名单里有 {len(one.authors)} 人可能是作者，请选择", tone=Tone.ORANGE)
        else:
            state = Cell("文件名里没有找到姓名，请选择作者", tone=Tone.ORANGE)
        return (
            Cell(name, tip=str(one.path)),
            Cell(words),
            Cell(self._topics[key]),
            number_cell(one.characters),
            state,
        )

    def _show_one(self, key: str) -> None:
        one = self._arrived.get(key)
        able = one is not None and not one.problem
        for widget in (self.author, self.topic):
            widget.setEnabled(able)
        self.author.setCurrentIndex(max(0, self.author.findData(self._authors.get(key, ""))))
        self.topic.setText(self._topics.get(key, ""))
        self.why.setText(f"{one.path.name}：{one.problem}" if one and one.problem else "")
        self.why.setVisible(bool(one and one.problem))

    # ---- what a person decides ---------------------------------------------------------------

    def _set_author(self) -> None:
        self._change(lambda key: self._authors.__setitem__(key, self.author.currentData()))

    def _set_topic(self) -> None:
        words = tidy(self.topic.text())
        if words:
            self._change(lambda key: self._topics.__setitem__(key, words))

    def _change(self, change: Callable[[str], None]) -> None:
        key = self.list.current()
        if key in self._arrived:
            change(key)
            self._show()

    def _ready(self) -> list[Chosen]:
        return [
            Chosen(one, self._authors[key], self._topics[key])
            for key, one in self._arrived.items()
            if not one.problem and self._authors[key]
        ]

    def take(self) -> None:
        """Save all that are ready, in one transaction; the others stay here."""
        ready, programme = self._ready(), str(self.programme.currentData() or "")
        if not ready:
            return
        day = self._session.today()
        if not self.notice.attempt(
            lambda: self._session.write(
                lambda ledger: take_files(ledger, ready, programme, day), Reflection.table
            )
        ):
            return
        done = {str(one.arrived.path) for one in ready}
        self._arrived = {key: one for key, one in self._arrived.items() if key not in done}
        self._show()
        self.taken.emit(len(ready))
