"""Inspections that were begun and have not ended, offered to go on with."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.ledger.inspections import Round
from models.records.fields import show_day
from models.records.record import show_answer
from ui.colours import Tone
from ui.icons import Icons
from ui.widgets.notice import Notice


class Waiting(Notice):
    """Hidden while there is none."""

    asked = Signal(str)  # the id of the newest

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(icons, parent)
        self._newest = ""
        self.acted.connect(lambda: self.asked.emit(self._newest))

    def show_rounds(self, waiting: Sequence[Round]) -> None:
        """有 1 次检查没有完成。最近一次：周检查（2026年11月23日），已查 12/40 项。"""
        if not waiting:
            self.hide()
            return
        one, progress = waiting[0]
        self._newest = one.id
        day = f"（{show_day(one.started)}）" if one.started else ""
        self.say(
            f"有 {len(waiting)} 次检查没有完成。最近一次：{show_answer(one, 'kind')}{day}，"
            f"已查 {progress.done}/{progress.total} 项。",
            Tone.BLUE,
            "继续检查",
        )
