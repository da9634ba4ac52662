"""合并: two entries of one person, side by side, with what will be counted together."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from models.ledger.merge_preview import Belongings, MergePreview, preview
from models.ledger.same_person import keep_apart, merge, part, standing_people
from models.problems import Problem
from models.records.fields import Link
from models.records.person import Namesakes, Person, told_apart, with_merged
from models.records.record import fields_of, show_answer
from ui.colours import Tone
from ui.form.link_entry import LinkEntry
from ui.icons import Icons
from ui.look import mark
from ui.session import Session
from ui.widgets.button import Button, Kind
from ui.widgets.notice import Notice
from ui.widgets.plain_label import plain_label
from ui.widgets.scrolled import scrolled

FACTS = ("name", "post", "department", "roles", "state")
HEADINGS = ("", "并入的人", "保留的人", "合并以后")


class MergePanel(QWidget):
    """Who is kept stands for both from now on; nothing is deleted, and it can be taken back."""

    merged = Signal(object, object)  # who was merged, and into whom
    parted = Signal(object)  # what was said: they are two
    closed = Signal()

    def __init__(self, session: Session, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._people: dict[str, Person] = {}
        self._gone, self._kept = Person(), Person()
        self.notice = Notice(icons)
        self.title = plain_label("", "title")
        self.other = LinkEntry(Link(label="和谁是同一个人", to="person"))
        self.other.setAccessibleName("和谁是同一个人")
        self.other.initials = session.ledger.initials
        self.other.changed.connect(self._on_chosen)
        self.swap = Button("换成保留另一个", Kind.FLAT, on_click=self._turn)
        self.table = QGridLayout()
        self.told = plain_label("", "hint")
        self.merge_button = Button("合并(&M)", Kind.PRIMARY, on_click=self.merge)
        self.apart_button = Button("不是同一人", Kind.SECONDARY, on_click=self.keep_apart)
        self._build()

    def _build(self) -> None:
        inner = QWidget()
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(2, 0, 8, 0)
        lines.setSpacing(10)
        label = QLabel("和谁是同一个人")
        label.setBuddy(self.other)
        self.table.setHorizontalSpacing(12)
        self.table.setVerticalSpacing(6)
        lines.addWidget(label)
        lines.addWidget(self.other)
        lines.addLayout(self.table)
        lines.addWidget(self.swap, 0, Qt.AlignmentFlag.AlignLeft)
        lines.addWidget(self.told)
        lines.addStretch()
        buttons = QHBoxLayout()
        buttons.addStretch()
        for button in (Button("关闭", on_click=self.closed.emit), self.apart_button):
            buttons.addWidget(button)
        buttons.addWidget(self.merge_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for widget in (self.title, self.notice, scrolled(inner)):
            column.addWidget(widget)
        column.addLayout(buttons)
        leave = QShortcut(QKeySequence("Esc"), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.closed)

    def start(self, person: Person, other: Person | None = None) -> None:
        """Ask with whom this person is one; a likely other stands there already."""
        self.notice.hide()
        everybody = standing_people(self._session.ledger)
        called = told_apart(everybody)
        self._people = {one.id: one for one in everybody}
        self._kept, self._gone = person, Person()
        self.title.setText(f"合并重复人员：{called.get(person.id, person.name)}")
        self.other.offer({key: words for key, words in called.items() if key != person.id})
        self.other.set_value(other.id if other else None)
        self._on_chosen()
        self.other.setFocus()

    # ---- what is shown -----------------------------------------------------------------------

    def _on_chosen(self) -> None:
        try:
            chosen = self.other.value()
        except Problem:  # half a name so far
            chosen = None
        known = self._kept.id if self._kept.id != chosen else self._gone.id
        self._kept = self._people.get(known, Person())
        self._gone = self._people.get(chosen or "", Person())
        self._show()

    def _turn(self) -> None:
        self._gone, self._kept = self._kept, self._gone
        self._show()

    def _show(self) -> None:
        both = bool(self._gone.id)
        for button in (self.merge_button, self.apart_button, self.swap):
            button.setVisible(both)
        while (item := self.table.takeAt(0)) is not None:
            item.widget().deleteLater()
        if not both:
            self.told.setText("输入姓名或拼音首字母来选择。选好以后，这里先显示合并的结果。")
            return
        found = preview(self._session.ledger, self._gone, self._kept)
        for line, cells in enumerate([HEADINGS, *self._facts(), *_counts(found)]):
            for column, text in enumerate(cells):
                label = plain_label(text) if column else QLabel(text)
                mark(label, role="" if line and column else "hint")
                self.table.addWidget(label, line, column, Qt.AlignmentFlag.AlignTop)
        for column in range(1, len(HEADINGS)):
            self.table.setColumnStretch(column, 1)
        self.told.setText(_told(found))

    def _facts(self) -> list[Sequence[str]]:
        """Each answer of the two, and of whoever stands for both."""
        three = (self._gone, self._kept, with_merged(self._kept, [self._gone]))
        kinds = fields_of(Person)
        return [
            (kinds[name].label, *(show_answer(person, name) or "—" for person in three))
            for name in FACTS
        ]

    # ---- what is done ------------------------------------------------------------------------

    def merge(self) -> None:
        """Let the kept one stand for both."""
        gone, kept = self._gone, self._kept
        try:
            if self.notice.attempt(
                lambda: self._session.write(
                    lambda ledger: merge(ledger, gone, kept), Person.table, "attendance"
                )
            ):
                self.merged.emit(gone, kept)
        except Problem as problem:
            self.notice.say(str(problem), Tone.ORANGE)

    def keep_apart(self) -> None:
        """Say that they are two, for good."""
        one, other = self._gone, self._kept
        said: list[Namesakes] = []
        if self.notice.attempt(
            lambda: said.append(
                self._session.write(lambda ledger: keep_apart(ledger, one, other), Namesakes.table)
            )
        ):
            self.parted.emit(said[0])


class MergedList(QWidget):
    """Below a person: whom they stand for too, each with the way back."""

    taken_back = Signal(object)

    def __init__(self, session: Session, notice: Notice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._notice = session, notice
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(4)

    def show_people(self, people: Sequence[Person]) -> None:
        """Show these, who were merged."""
        while (item := self.lines.takeAt(0)) is not None:
            item.widget().deleteLater()
        for person in people:
            self.lines.addWidget(self._line(person))
        self.setVisible(bool(people))

    def _line(self, person: Person) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        more = "，".join(filter(None, (person.department, person.post)))
        words = f"已并入：{person.name}" + (f"（{more}）" if more else "")
        line.addWidget(plain_label(words, "hint"), 1)
        back = Button("撤销合并", Kind.FLAT, on_click=lambda: self.take_back(person))
        back.setAccessibleName(f"撤销合并 {words.removeprefix('已并入：')}")
        line.addWidget(back)
        return row

    def take_back(self, person: Person) -> None:
        """Let them stand for themselves again."""
        if self._notice.attempt(
            lambda: self._session.write(
                lambda ledger: part(ledger, person), Person.table, "attendance"
            )
        ):
            self.taken_back.emit(person)


def _counts(found: MergePreview) -> list[Sequence[str]]:
    three = (found.gone, found.kept, found.together)
    titles = dict.fromkeys(title for one in three for title in one.linked)
    rows: list[Sequence[str]] = [
        (title, *(str(one.linked.get(title, 0)) for one in three)) for title in titles
    ]
    if found.together.hours:
        rows.append(("学时", *(str(one.hours) for one in three)))
    return rows


def _told(found: MergePreview) -> str:
    """What is counted once, what is left as it is, and that nothing is lost."""
    words = []
    if found.twice:
        twice = "、".join(f"{title} {count} 条" for title, count in found.twice.items())
        words.append(f"两人都有的 {twice} 只算一次；同一场活动取到场较好的一次。")
    if written := _written(found.together):
        words.append(f"写着姓名的记录（{written}）文字不改。")
    words.append("不删除任何记录，随时可以撤销。")
    return "".join(words)


def _written(both: Belongings) -> str:
    return "、".join(f"{title} {count}" for title, count in both.written.items())
