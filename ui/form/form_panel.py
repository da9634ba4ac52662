"""A form with its title, its buttons and its draft: what was typed survives a crash."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from models.problems import AppError, Problem
from models.records.record import Record, problems_of
from ui.colours import Tone
from ui.form.record_form import RecordForm
from ui.icons import Icons
from ui.look import mark
from ui.session import Session
from ui.widgets.button import Button, Kind
from ui.widgets.notice import Notice
from ui.widgets.scrolled import scrolled

R = TypeVar("R", bound=Record)
DRAFT_DELAY_MS = 800


class FormPanel(QWidget, Generic[R]):
    """A form that is saved by Ctrl+S and closed by Esc; `save` may raise AppError."""

    saved = Signal(object)
    closed = Signal()

    def __init__(
        self,
        session: Session,
        icons: Icons,
        record_type: type[R],
        save: Callable[[R, R], R],
        *,
        names: Sequence[str] = (),
        check: Callable[[R], Mapping[str, Problem]] = problems_of,
        parent: QWidget | None = None,
    ) -> None:
        """`save` is handed the record as typed and as it was shown."""
        super().__init__(parent)
        self._session, self._save_record, self._check = session, save, check
        self._draft_name = ""
        self._opened = record_type()
        self._known: Mapping[str, str] = {}  # what stood in the form before anybody typed
        self.form: RecordForm[R] = RecordForm(record_type, names)
        self.form.offer_from(session.ledger, session.offers)
        self.form.edited.connect(self._on_edited)
        self.notice = Notice(icons)
        self.notice.acted.connect(self._give_up_draft)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_DELAY_MS)
        self._timer.timeout.connect(self.keep_draft)
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        mark(self.title, role="title")
        self._build()

    def _build(self) -> None:
        self.save_button = Button("保存(&S)", Kind.PRIMARY, on_click=self.save)
        self.close_button = Button("关闭", Kind.SECONDARY, on_click=self.close_form)
        for keys, act in (("Ctrl+S", self.save), ("Esc", self.close_form)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(2, 2, 10, 2)
        column.addWidget(self.form)
        self.head, self.below = QVBoxLayout(), QVBoxLayout()  # what a page adds around the form
        column.addLayout(self.below)
        column.addStretch()
        self.buttons = QHBoxLayout()
        self.buttons.addStretch()
        self.buttons.addWidget(self.close_button)
        self.buttons.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)  # the card it lies on has margins of its own
        layout.setSpacing(12)
        layout.addWidget(self.title)
        layout.addWidget(self.notice)
        layout.addLayout(self.head)
        layout.addWidget(scrolled(inner), 1)
        layout.addLayout(self.buttons)

    def open(self, record: R, title: str, draft_name: str) -> None:
        """Show a record; a draft of the same name is put back on top of it."""
        self._keep_pending()
        self._draft_name = draft_name
        self.title.setText(title)
        self.title.setVisible(bool(title))
        self.notice.hide()
        self._show(record)
        draft = self._session.draft(draft_name)
        if draft:
            self.form.set_raw(draft)
            self.notice.say("已恢复上次没有保存的内容。", Tone.BLUE, "不要了")

    def save(self) -> None:
        """Save what was typed, or show why not; nothing typed is lost either way."""
        typed = self.form.record(self._check)
        if typed is None:
            if others := self.form.other_problems:
                self.notice.say("\n".join(map(str, others)), Tone.ORANGE)
            return
        try:
            saved = self._save_record(typed, self._opened)
        except AppError as error:
            self.notice.say(f"{error}填写的内容还在窗口里。", Tone.RED)
            return
        self._timer.stop()
        with suppress(AppError):  # it is saved; a draft too many harms nobody
            self._session.drop_draft(self._draft_name)
        self._show(saved)
        self.notice.hide()
        self.saved.emit(saved)

    def keep_draft(self) -> None:
        """Keep what stands in the form; a disk that takes no draft must not disturb the typing."""
        if self._draft_name:
            self.notice.attempt(lambda: self._session.keep_draft(self._draft_name, self.answers()))

    def answers(self) -> dict[str, str]:
        """What a draft keeps: what was typed, so that it never undoes what others changed since."""
        typed = self.form.raw().items()
        return {name: text for name, text in typed if text != self._known.get(name)}

    def close_form(self) -> None:
        """Leave the form; what was typed stays as a draft."""
        self._keep_pending()
        self.closed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page, or the end of the program: what was typed a moment ago stays too."""
        self._keep_pending()
        super().hideEvent(event)

    def _show(self, record: R) -> None:
        self._opened = record
        self.form.show_record(record)
        self._known = self.form.raw()

    def _keep_pending(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self.keep_draft()

    def _give_up_draft(self) -> None:
        self._timer.stop()
        self._session.drop_draft(self._draft_name)
        self.open(self._opened, self.title.text(), self._draft_name)

    def _on_edited(self) -> None:
        self._timer.start()
