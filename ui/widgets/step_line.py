"""Where somebody is in a piece of work of a few steps: 1 打开邀请 · 2 核对数字 · …"""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ui.colours import Tone
from ui.widgets.badge import Badge
from ui.widgets.flow import Flow


class StepLine(QWidget):
    """Names of steps, of which those before the present one are done."""

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = names
        self._badges = [Badge(name, parent=self) for name in names]
        flow = Flow(self, gap=8)
        for badge in self._badges:
            flow.addWidget(badge)

    def show_step(self, now: int) -> None:
        """Mark the step `now`, counted from 0."""
        for number, (name, badge) in enumerate(zip(self._names, self._badges, strict=True)):
            if number < now:
                badge.show_state(f"✓ {name}", Tone.GREEN)
            else:
                badge.show_state(f"{number + 1} {name}", Tone.BLUE if number == now else Tone.GREY)
        self.setAccessibleName(f"第 {now + 1} 步，共 {len(self._names)} 步：{self._names[now]}")
