"""五落实 of a major finding: which of the five stand, and which must still be filled in."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from models.records.finding import Finding
from models.records.record import is_empty
from models.records.workflow import FIVE_COMMITMENTS, Standing
from ui.colours import Tone
from ui.look import mark
from ui.widgets.badge import Badge
from ui.widgets.button import Button, Kind
from ui.widgets.flow import Flow


class Commitments(QFrame):
    """Hidden for a common finding; five words with a mark for a major one."""

    edit_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        heading = QLabel("五落实")
        mark(heading, role="heading")
        self.fill = Button("补填", Kind.FLAT, on_click=self.edit_asked.emit)
        line = QHBoxLayout()
        line.addWidget(heading, 1)
        line.addWidget(self.fill)
        badges = QWidget()
        flow = Flow(badges, gap=6)
        self.badges = {name: Badge(word) for name, word in FIVE_COMMITMENTS.items()}
        for badge in self.badges.values():
            flow.addWidget(badge)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(badges)

    def show_finding(self, finding: Finding, standing: Standing, editable: bool) -> None:
        """Show what stands of the five, and the way to the rest where it may be filled in."""
        self.setVisible(standing.level == "major")
        missing = False
        for name, word in FIVE_COMMITMENTS.items():
            value = standing.deadline if name == "deadline" else getattr(finding, name)
            lacks = is_empty(value)
            missing |= lacks
            tone = Tone.RED if lacks else Tone.GREEN
            self.badges[name].show_state(f"{'缺' if lacks else '✓'} {word}", tone)
        self.fill.setVisible(missing and editable)
