"""The five areas of a month: cards to choose one, and below them its rows."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from models.templates.five_management import AREAS, Line
from ui.icons import Icons
from ui.pages.five_management_area import AreaPanel
from ui.pages.five_management_card import AreaCard
from ui.pages.five_management_row import AnswerRow, Historian, Save
from ui.pages.five_management_state import Month


class AreaTabs(QWidget):
    """Rows are made when their area is first shown; afterwards only words and marks change."""

    def __init__(
        self, icons: Icons, save: Save, history: Historian, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icons, self._save, self._history = icons, save, history
        self._lines: Sequence[Line] = ()
        self._area = ""
        self._month: Month | None = None
        self.cards: dict[str, AreaCard] = {}
        self.panels: dict[str, AreaPanel] = {}
        self._cards_line = QHBoxLayout()
        self._cards_line.setSpacing(10)
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._cards_line)
        column.addWidget(self._stack, 1)

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Cards and rows anew for these lines: the school, or the version of its sheet, changed."""
        for widget in (*self.cards.values(), *self.panels.values()):
            widget.setParent(None)
            widget.deleteLater()
        self._lines, self._month = lines, None
        self.cards, self.panels = {}, {}
        self._group = QButtonGroup(self)
        for area in dict.fromkeys(line.item.area for line in lines):
            card = AreaCard(AREAS[area])
            card.clicked.connect(lambda _checked, area=area: self.show_area(area))
            self._group.addButton(card)
            self._cards_line.addWidget(card, 1)
            self.cards[area] = card
        if self.cards:
            self.show_area(self._area if self._area in self.cards else next(iter(self.cards)))

    def show_area(self, area: str) -> None:
        """Show the rows of an area, made when they are first wanted."""
        self._area = area
        self.cards[area].setChecked(True)
        if area not in self.panels:
            mine = [line for line in self._lines if line.item.area == area]
            panel = AreaPanel(AREAS[area], mine, self._icons, self._save, self._history)
            self.panels[area] = panel
            self._stack.addWidget(panel)
            if self._month is not None:
                panel.show_month(self._month, anew=True)
        self._stack.setCurrentWidget(self.panels[area])

    def show_month(self, month: Month, anew: bool) -> None:
        """Show a month in every area; `anew` forgets what was typed for another one."""
        self._month = month
        for area, card in self.cards.items():
            card.show_figures(month.figures[area])
        for panel in self.panels.values():
            panel.show_month(month, anew)

    def show_found(self, found: str) -> None:
        """Bring a line into sight and light it up; "" lights up none."""
        area = next((line.item.area for line in self._lines if line.id == found), "")
        if area:
            self.show_area(area)
        for panel in self.panels.values():
            panel.show_found(found)

    def go_to_found(self) -> None:
        """Go to the line that is lit up, ready to be answered."""
        if self._area in self.panels:
            self.panels[self._area].go_to_found()

    def commit(self) -> AnswerRow | None:
        """Save whatever is typed and not saved; give the first row that could not be."""
        unsaved = [row for panel in self.panels.values() if (row := panel.commit())]
        return unsaved[0] if unsaved else None

    def reveal(self, row: AnswerRow) -> None:
        """Bring a row into sight, ready to be answered."""
        self.show_area(row.line.item.area)
        self.panels[self._area].reveal(row)

    def go(self, step: int) -> None:
        """Go so many areas on, from the last to the first again."""
        areas = list(self.cards)
        if areas:
            self.show_area(areas[(areas.index(self._area) + step) % len(areas)])
            self.cards[self._area].setFocus(Qt.FocusReason.TabFocusReason)
