"""地点与单位: every place and unit that was written anywhere, and one word put in for another."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from models.ledger.ledger import Ledger
from models.ledger.search import says
from models.ledger.suggestions import fields_that_suggest
from models.ledger.wording import KINDS, Renamed, Word, rename, take_back, words_in_use
from models.problems import Problem
from models.records.fields import Text
from models.records.person import bare_name
from ui.colours import Tone
from ui.form.record_form import FieldRow
from ui.form.typed_entry import TypedEntry
from ui.icons import Icons
from ui.kept_splitter import KeptSplitter
from ui.session import Session
from ui.table.row_table import Cell, Column, Row, RowView, number_cell
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.notice import Notice
from ui.widgets.plain_label import plain_label
from ui.widgets.search_field import SearchField

T = TypeVar("T")
COLUMNS = (
    Column("写法"),
    Column("种类", 70),
    Column("次数", 70, right=True),
    Column("用在哪里", spare=1),
)
LONGEST = 60
HINT = "各处写过的地点和单位都在这里。同一处有几种写法时，选中一种，改成另一种就合并了。"


class WordsTab(QWidget):
    """The list at the left; at the right what a word becomes, and what that changes."""

    def __init__(self, session: Session, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._words: dict[str, tuple[str, Word]] = {}
        self._shown = ""
        self.notice = Notice(icons)
        self.search = SearchField("按字或拼音首字母查找", icons)
        self.list = RowView(COLUMNS, "地点与单位")
        self.title = plain_label("", "heading")
        self.rows = {
            kind: FieldRow(kind, Text(label="改成", longest=LONGEST, suggest=kind))
            for kind in KINDS
        }
        self.told = plain_label("", "hint")
        self.button = Button("", Kind.PRIMARY, on_click=self.rename)
        self.nothing = EmptyState(
            icons, "inbox", "还没有地点和单位", "登记隐患、演练或培训活动以后，会列在这里。"
        )
        self.hint = EmptyState(icons, "pencil", "请选择一种写法", HINT)
        self.left, self.right = QStackedWidget(), QStackedWidget()
        self._build()
        self.search.searched.connect(lambda _words: self._show())
        self.list.current_changed.connect(self._show_word)

    def _build(self) -> None:
        self.left.addWidget(self.list)
        self.left.addWidget(self.nothing)
        form = QWidget()
        lines = QVBoxLayout(form)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(10)
        lines.addWidget(self.title)
        for kind, row in self.rows.items():
            entry = row.widget
            assert isinstance(entry, TypedEntry)
            entry.initials = self._session.ledger.initials
            entry.offer_from(partial(self._session.offers, kind))
            entry.changed.connect(self._tell)
            entry.returnPressed.connect(self.rename)
            lines.addWidget(row)
        lines.addWidget(self.told)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.button)
        lines.addLayout(buttons)
        lines.addStretch(1)
        self.right.addWidget(self.hint)
        self.right.addWidget(form)
        card = Card()
        card.body.addWidget(self.right)
        split = KeptSplitter(self._session.ledger, "words.splitter", (600, 400))
        split.addWidget(self.left)
        split.addWidget(card)
        split.restore()
        above = plain_label(HINT, "hint")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(12)
        for widget in (above, self.search, self.notice):
            column.addWidget(widget)
        column.addWidget(split, 1)

    def showEvent(self, event: QShowEvent) -> None:
        """Nothing is read before somebody looks."""
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Read the words again."""
        ledger = self._session.ledger
        self._words = {
            f"{kind}:{word.text}": (kind, word)
            for kind in KINDS
            for word in words_in_use(ledger, kind)
        }
        self._show()

    def _show(self) -> None:
        sought, initials = self.search.text(), self._session.ledger.initials
        self.list.show_rows(
            [
                Row(key, _cells(kind, word))
                for key, (kind, word) in self._words.items()
                if says(initials, word.text, sought)
            ]
        )
        self.left.setCurrentWidget(self.list if self._words else self.nothing)
        if self._shown not in self._words:
            self._rest()

    # ---- one word ----------------------------------------------------------------------------

    def _show_word(self, key: str) -> None:
        if key not in self._words or key == self._shown:
            return
        self._shown = key
        kind, word = self._words[key]
        self.title.setText(f"把“{word.text}”改成别的写法")
        for name, row in self.rows.items():
            row.setVisible(name == kind)
        self._entry.set_raw(self._alike(kind, word))
        self._tell()
        self.right.setCurrentIndex(1)

    def _alike(self, kind: str, word: Word) -> str:
        """What most likely is meant: the same word as it is written more often."""
        for other_kind, other in self._words.values():
            if other_kind == kind and bare_name(other.text) == bare_name(word.text):
                return other.text  # the most used stands first
        return word.text

    @property
    def _entry(self) -> TypedEntry:
        entry = self.rows[self._words[self._shown][0]].widget
        assert isinstance(entry, TypedEntry)
        return entry

    def _typed(self) -> str:
        return str(self._entry.value() or "")

    def _tell(self) -> None:
        """What the button would do, before it is pressed."""
        kind, word = self._words[self._shown]
        to = self._typed()
        self.rows[kind].complain("")
        known = self._words.get(f"{kind}:{to}")
        self.button.setEnabled(bool(to) and to != word.text)
        self.button.setText("合并" if known and to != word.text else "改名")
        if not self.button.isEnabled():
            self.told.setText(f"“{word.text}”用在 {_where(word.used)}。")
            return
        words = f"将修改 {_where(word.used)}，共 {word.count} 处，每一处都留下修改记录。"
        if known:
            words += f"“{to}”原有 {known[1].count} 处，合并后共 {word.count + known[1].count} 处。"
        self.told.setText(words)

    def rename(self) -> None:
        """Put the new word in for the old one everywhere; one press puts it back."""
        if not self._shown or not self.button.isEnabled():
            return
        (kind, word), to = self._words[self._shown], self._typed()
        done: list[Renamed] = []
        try:
            if not self.notice.attempt(
                lambda: done.append(
                    self._write(kind, lambda ledger: rename(ledger, kind, [word.text], to))
                )
            ):
                return
        except Problem as problem:
            self.rows[kind].complain(str(problem))
            return
        self.refresh()
        self._rest()
        left = f"有 {done[0].left} 条内容不完整，没有改。" if done[0].left else ""
        words = f"已把“{word.text}”改成“{to}”，共 {len(done[0].changed)} 处。{left}"
        self.notice.offer(words, Tone.GREEN, "撤销", lambda: self._take_back(kind, done[0]))

    def _take_back(self, kind: str, done: Renamed) -> None:
        counted: list[int] = []
        if self.notice.attempt(
            lambda: counted.append(self._write(kind, lambda ledger: take_back(ledger, done)))
        ):
            self.refresh()
            self.notice.say(f"已改回 {counted[0]} 处。", Tone.GREEN)

    def _write(self, kind: str, work: Callable[[Ledger], T]) -> T:
        tables = dict.fromkeys(record.table for record, _name in fields_that_suggest(kind))
        return self._session.write(work, *tables)

    def _rest(self) -> None:
        self._shown = ""
        self.list.deselect()
        self.right.setCurrentWidget(self.hint)


def _cells(kind: str, word: Word) -> list[Cell]:
    return [
        Cell(word.text),
        Cell(KINDS[kind]),
        number_cell(word.count),
        Cell(_where(word.used)),
    ]


def _where(used: Mapping[str, int]) -> str:
    return "、".join(f"{title} {count}" for title, count in used.items())
