"""A list that is pasted or typed, such as names: much work elsewhere, so it waits as a draft."""

from collections.abc import Mapping

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QPlainTextEdit

from ui.form.form_panel import DRAFT_DELAY_MS
from ui.session import Session
from ui.widgets.notice import Notice

MOST_PROBLEMS = 3


class PastedText(QPlainTextEdit):
    """One line of text a thing; what stands here outlives a crash until it is emptied."""

    def __init__(self, name: str, hint: str, session: Session, notice: Notice) -> None:
        """`notice` tells where the draft cannot be kept."""
        super().__init__()
        self._session, self._notice, self._draft = session, notice, ""
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(DRAFT_DELAY_MS)
        self._pause.timeout.connect(self._keep)
        self.textChanged.connect(self._pause.start)

    def open(self, draft: str) -> None:
        """Go on with what is here of this draft, or else with what waits under its name."""
        self.flush()
        if draft != self._draft or not self.toPlainText():
            self._draft = draft
            self.setPlainText(next(iter(self._session.draft(draft).values()), ""))
            self._pause.stop()

    def flush(self) -> None:
        """Keep now what was typed a moment ago; of an empty box the draft is forgotten."""
        if self._pause.isActive():
            self._pause.stop()
            self._keep()

    def hideEvent(self, event: QHideEvent) -> None:
        self.flush()
        super().hideEvent(event)

    def _keep(self) -> None:
        text, draft = self.toPlainText(), self._draft
        if text:
            self._notice.attempt(lambda: self._session.keep_draft(draft, {"list": text}))
        else:
            self._notice.attempt(lambda: self._session.drop_draft(draft))


def told_by_line(problems: Mapping[int, object]) -> str:
    """What is wrong with which line, {line: problem}, a few of them; empty where nothing is."""
    told = [f"第 {line} 行：{problem}" for line, problem in problems.items()][:MOST_PROBLEMS]
    if len(problems) > MOST_PROBLEMS:
        told.append(f"……共 {len(problems)} 行需要修改。")
    return "\n".join(told)
