"""人员: one list for all kinds of work, found by name or initials, edited beside the list."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from models.ledger.people import people
from models.ledger.same_person import likely_pairs, merged_into
from models.records.person import Namesakes, Person
from models.records.record import show_answer
from ui.colours import PALETTE, Tone
from ui.form.form_panel import FormPanel
from ui.icons import SMALL, Icons
from ui.kept_splitter import KeptSplitter
from ui.pages.people_merge import MergedList, MergePanel
from ui.pages.people_paste import PastePanel
from ui.record_history import RecordHistory
from ui.session import Session
from ui.table.row_table import Cell, Column, Row, RowView
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.chip_bar import ChipBar
from ui.widgets.empty_state import EmptyState
from ui.widgets.notice import Notice
from ui.widgets.search_field import SearchField

COLUMNS = (
    Column("姓名", 110),
    Column("职务", 110),
    Column("部门", 120, spare=1),
    Column("身份"),
    Column("状态", 80),
)
SPLITTER = "people.splitter"
NARROWEST = 320
CHIPS = (("trainee", "培训学员"), ("safety", "安全员"), ("left", "已离岗"))


class PeoplePanel(QWidget):
    """The people of the unit: list left, one person or a pasted list right."""

    def __init__(self, session: Session, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._icons = session, icons
        self._people: dict[str, Person] = {}
        self._opened = ""
        self.notice = Notice(icons)
        self.search = SearchField("按姓名、拼音首字母、职务或部门查找", icons)
        self.chips = ChipBar(CHIPS, name="筛选人员")
        self.list = RowView(COLUMNS, "人员列表")
        self.panel: FormPanel[Person] = FormPanel(session, icons, Person, self._save)
        self.history = RecordHistory(session, icons)
        self.others = MergedList(session, self.notice)
        self.panel.below.addWidget(self.others)
        self.panel.below.addWidget(self.history)
        self.merging = MergePanel(session, icons)
        self.merge_button = Button("合并重复…", Kind.SECONDARY, on_click=self.open_merge)
        self.panel.buttons.insertWidget(0, self.merge_button)
        self.likely = Button("", Kind.FLAT, on_click=self.open_likely)
        self._pairs: list[tuple[Person, Person]] = []
        self.paste = PastePanel(session, icons)
        self.empty = EmptyState(icons, "users", "", "", "粘贴名单")
        self.hint = EmptyState(
            icons, "user", "请选择一个人", "在左边选一个人来修改，或者添加新的人员。"
        )
        self.left, self.right = QStackedWidget(), QStackedWidget()
        self._build()
        self._connect()

    def _build(self) -> None:
        self.left.addWidget(self.list)
        self.left.addWidget(self.empty)
        self.right.addWidget(self.hint)
        self.right.addWidget(self.panel)
        self.right.addWidget(self.paste)
        self.right.addWidget(self.merging)
        card = Card()
        card.body.addWidget(self.right)
        card.setMinimumWidth(NARROWEST)
        self.left.setMinimumWidth(NARROWEST)
        split = self.split = KeptSplitter(self._session.ledger, SPLITTER, (600, 400))
        split.addWidget(self.left)
        split.addWidget(card)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.restore()
        plus = self._icons.icon("plus", PALETTE.ink_soft, SMALL)
        copy = self._icons.icon("clipboard-list", PALETTE.ink_soft, SMALL)
        self.paste_button = Button("粘贴名单", Kind.SECONDARY, copy, self.open_paste)
        self.add_button = Button("添加一人", Kind.SECONDARY, plus, self.add_person)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        self.search.setMinimumWidth(260)
        bar.addWidget(self.search, 2)
        bar.addWidget(self.chips, 3, Qt.AlignmentFlag.AlignVCenter)
        bar.addWidget(self.paste_button)
        bar.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(bar)
        column.addWidget(self.notice)
        column.addWidget(self.likely, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(split, 1)

    def _connect(self) -> None:
        self.search.searched.connect(lambda _words: self.refresh())
        self.chips.changed.connect(lambda _keys: self.refresh())
        self.list.current_changed.connect(self._show_person)
        self.list.opened.connect(lambda _person: self.panel.form.entry("name").setFocus())
        self.panel.saved.connect(self._on_saved)
        self.panel.closed.connect(self._rest)
        self.paste.taken.connect(self._on_taken)
        self.paste.closed.connect(self._rest)
        self.merging.merged.connect(self._on_merged)
        self.merging.parted.connect(self._on_parted)
        self.merging.closed.connect(self._rest)
        self.others.taken_back.connect(self._on_taken_back)
        self.empty.asked.connect(self.open_paste)
        # Ctrl+V over the list means: these people belong here
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self.list)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(self.paste_from_clipboard)

    # ---- what is asked of the panel ----------------------------------------------------------

    def refresh(self) -> None:
        """Read the people again, by what is searched and chosen."""
        words, chosen = self.search.text().strip(), self.chips.chosen()
        found = [p for p in people(self._session.ledger, words) if _belongs(p, chosen)]
        self._people = {person.id: person for person in found}
        self.list.show_rows([_row(person) for person in found])
        if words or chosen not in ([], ["trainee"]):
            self.empty.say("没有找到符合条件的人", "请换一个词，或取消上面的筛选。")
        else:
            whom = "培训学员" if chosen else "人员"
            self.empty.say(f"还没有{whom}", "可以从 Excel 或 Word 复制名单，一次全部添加。")
        self.left.setCurrentWidget(self.list if found else self.empty)
        self._pairs = likely_pairs(self._session.ledger)
        self.likely.setText(f"可能重复的人员 {len(self._pairs)} 对，点这里核对")
        self.likely.setVisible(bool(self._pairs))

    def add_person(self) -> None:
        """Start a new person, in the role that is being looked at."""
        self._leave_form()
        self.list.deselect()
        chosen = [key for key in self.chips.chosen() if key != "left"]
        person = Person(roles=frozenset(chosen or ["trainee"]), state="active")
        self._open(person, "添加人员", "person:new")
        self.panel.form.entry("name").setFocus()

    def open_paste(self) -> None:
        """Open the box for a list of names."""
        self._leave_form()
        self.list.deselect()
        self.notice.hide()
        self.paste.start()
        self.right.setCurrentWidget(self.paste)
        self.paste.text.setFocus()

    def paste_from_clipboard(self) -> None:
        """Open the box with what was copied elsewhere."""
        self.open_paste()
        self.paste.start(QGuiApplication.clipboard().text())

    def open_merge(self) -> None:
        """Ask with whom the person in hand is one."""
        person = self._people.get(self._opened)
        if person is not None:
            self._merge(person, None)

    def open_likely(self) -> None:
        """Show the first two who may be the same."""
        if self._pairs:
            self._merge(*self._pairs[0])

    def _merge(self, person: Person, other: Person | None) -> None:
        self._leave_form()
        self.list.deselect()  # a line that stays chosen is opened when the list is read again
        self.notice.hide()
        self.right.setCurrentWidget(self.merging)
        self.merging.start(person, other)

    # ---- what happens ------------------------------------------------------------------------

    def _open(self, person: Person, title: str, draft: str) -> None:
        self._opened = person.id
        self.notice.hide()
        self._offer_words()
        self.panel.open(person, title, draft)
        self.history.show_record(Person.table, person.id)
        self.others.show_people(merged_into(self._session.ledger, person) if person.id else ())
        self.merge_button.setVisible(bool(person.id))
        self.right.setCurrentWidget(self.panel)

    def _offer_words(self) -> None:
        posts = [person.post for person in self._people.values() if person.post]
        self.panel.form.suggest("post", posts)

    def _show_person(self, record: str) -> None:
        person = self._people.get(record)
        typing = self.right.currentWidget() is self.panel
        if person is None or (typing and record == self._opened):
            return
        self._leave_form()
        self._open(person, person.name or "", f"person:{record}")

    def _leave_form(self) -> None:
        """What was typed for another person stays as a draft."""
        with QSignalBlocker(self.panel):
            self.panel.close_form()

    def _save(self, typed: Person, seen: Person) -> Person:
        person = replace(typed, state=typed.state or "active")
        return self._session.save(person, seen if seen.id else None)

    def _on_saved(self, person: Person) -> None:
        self.notice.say(f"已保存：{person.name}。", Tone.GREEN)
        self.refresh()
        self._rest()

    def _on_taken(self, words: str) -> None:
        self.notice.say(words, Tone.GREEN)
        self.refresh()
        self._rest()

    def _on_merged(self, gone: Person, kept: Person) -> None:
        self.refresh()
        self._rest()
        words = f"已把“{gone.name}”并入“{kept.name}”，考勤和学时合在一起计算。"
        self.notice.offer(words, Tone.GREEN, "撤销", lambda: self.others.take_back(gone))

    def _on_taken_back(self, person: Person) -> None:
        self.refresh()
        self._rest()
        self.notice.say(f"已撤销合并，“{person.name}”重新单独列出。", Tone.GREEN)

    def _on_parted(self, saying: Namesakes) -> None:
        self.refresh()
        self._rest()
        words = "已记下：他们不是同一个人，以后不再提示。"
        self.notice.offer(words, Tone.GREEN, "撤销", lambda: self._forget(saying))

    def _forget(self, saying: Namesakes) -> None:
        """Ask about these two again."""
        write = self._session.write
        if self.notice.attempt(lambda: write(lambda ledger: ledger.remove(saying), saying.table)):
            self.refresh()

    def _rest(self) -> None:
        self.right.setCurrentWidget(self.hint)
        self.list.deselect()


def _belongs(person: Person, chosen: Sequence[str]) -> bool:
    """The list is of who is here; who has left is shown only when asked for."""
    if "left" in chosen:
        return person.state == "left"
    return person.state != "left" and all(role in (person.roles or ()) for role in chosen)


def _row(person: Person) -> Row:
    tone = Tone.GREY if person.state == "left" else None
    names = ("name", "post", "department", "roles", "state")
    return Row(person.id, [Cell(show_answer(person, name), tone=tone) for name in names])
