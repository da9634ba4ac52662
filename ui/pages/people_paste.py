"""A list of names pasted from Excel or Word: read while it is typed, taken in with one press."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from models.ledger.ledger import Ledger
from models.ledger.people import Pasted, read_people, take_in
from models.problems import AppError
from models.records.fields import Flags
from models.records.person import ROLES, Person
from ui.colours import Tone
from ui.form.entries import FlagsEntry
from ui.form.pasted_text import PastedText, told_by_line
from ui.icons import Icons
from ui.look import mark
from ui.session import Session
from ui.widgets.button import Button, Kind
from ui.widgets.notice import Notice
from ui.widgets.plain_label import plain_label
from ui.widgets.scrolled import scrolled

HINT = "赵𬱖\t主任\t办公室\n张㛃\t干事\t教务处\n李安全"
TEXT_HEIGHT = 96
DRAFT = "people:pasted"
USUAL_ROLES = frozenset({"trainee"})  # unless told otherwise


class Told(Protocol):
    """What became of a list."""

    def words(self) -> str:
        """In a sentence."""


Take = Callable[[Ledger, Sequence[Person], frozenset[str]], Told]


class PastePanel(QWidget):
    """One person a line; the button says how many will be added."""

    taken = Signal(str)  # what was done, in words
    closed = Signal()

    def __init__(
        self,
        session: Session,
        icons: Icons,
        take: Take = take_in,
        draft: str = DRAFT,
        parent: QWidget | None = None,
    ) -> None:
        """`take` is what becomes of the list once it is accepted."""
        super().__init__(parent)
        self._session, self._take, self._draft = session, take, draft
        self._pasted = Pasted((), {})
        self.notice = Notice(icons)
        self.text = PastedText("名单", HINT, session, self.notice)
        self.text.textChanged.connect(self._read)
        self.roles = FlagsEntry(Flags(label="身份", options=ROLES))
        self.count, self.complaint = plain_label("", "hint"), plain_label("", "problem")
        self.add_button = Button("添加", Kind.PRIMARY, on_click=self.add)
        self._build()
        self.roles.set_value(USUAL_ROLES)
        self._read()

    def _build(self) -> None:
        title = QLabel("粘贴名单")
        mark(title, role="title")
        hint = plain_label("从 Excel 或 Word 复制姓名、职务、部门三列，一人一行。", "hint")
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(Button("关闭", on_click=self.closed.emit))
        buttons.addWidget(self.add_button)
        self.text.setMinimumHeight(TEXT_HEIGHT)
        inner = QWidget()
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(0, 0, 8, 0)
        lines.setSpacing(10)
        caption = QLabel("身份（名单里的每个人）")
        for part in (hint, self.text, self.count, self.complaint, caption, self.roles):
            lines.addWidget(part)
        lines.setStretchFactor(self.text, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for widget in (title, self.notice, scrolled(inner)):
            column.addWidget(widget)
        column.addLayout(buttons)
        for keys, act in (("Ctrl+S", self.add), ("Esc", self.closed.emit)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def start(self, text: str = "") -> None:
        """Begin with this list, or go on with the one that waits here."""
        self.notice.hide()
        self.text.open(self._draft)
        if text:
            self.text.setPlainText(text)

    def add(self) -> None:
        """Take the names in; the list stays where it cannot be saved."""
        people = self._pasted.people
        if not people:
            return
        roles = self.roles.value() or frozenset()
        try:
            taken = self._session.write(
                lambda ledger: self._take(ledger, people, roles), Person.table
            )
        except AppError as error:
            self.notice.say(str(error), Tone.RED)
            return
        self.text.clear()
        self.roles.set_value(USUAL_ROLES)
        self.text.flush()
        self.taken.emit(taken.words())

    def _read(self) -> None:
        self._pasted = read_people(self.text.toPlainText())
        count = len(self._pasted.people)
        self.count.setText(f"读到 {count} 人。" if count else "还没有读到姓名。")
        told = told_by_line(self._pasted.problems)
        self.complaint.setText(told)
        self.complaint.setVisible(bool(told))
        self.add_button.setText(f"添加 {count} 人" if count else "添加")
        self.add_button.setEnabled(bool(count))
