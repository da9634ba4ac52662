"""The first lines above the list of findings: the search field, and the buttons of its tools."""

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QWidget

from ui.colours import PALETTE
from ui.icons import SMALL, Icons
from ui.widgets.button import Button
from ui.widgets.search_field import SearchField

PICTURE_WIDTH, ANY_WIDTH = 46, 16_777_215


class ListHead(QWidget):
    """Two lines; where there is no height to spare one, with the tools as pictures."""

    def __init__(
        self, icons: Icons, views: QMenu, columns: QMenu, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icons = icons
        self._tools: dict[str, Button] = {}
        self.search = SearchField("搜索编号、描述、部位、人员，可用拼音首字母", icons)
        self.filter = self._make("筛选", "filter", "Ctrl+Shift+F")
        self.views = self._make("视图", "book-open")
        self.charts = self._make("图表", "clipboard-list", "Ctrl+G")
        self.columns = self._make("列", "list-checks")
        for button in (self.filter, self.charts):
            button.setCheckable(True)
        self.views.setMenu(views)
        self.columns.setMenu(columns)
        tools = QHBoxLayout()
        tools.setSpacing(6)
        for button in self._tools.values():
            tools.addWidget(button)
        tools.addStretch()
        self._lines = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(10)
        self._lines.addWidget(self.search, 1)
        self._lines.addLayout(tools)

    def _make(self, words: str, picture: str, keys: str = "") -> Button:
        icon = self._icons.icon(picture, PALETTE.ink_soft, SMALL)
        button = self._tools[words] = Button(words, icon=icon)
        button.setAccessibleName(words)
        button.setToolTip(f"{words} {keys}".strip())
        if keys:
            button.setShortcut(QKeySequence(keys))
        return button

    def set_low(self, low: bool) -> None:
        """Take one line instead of two."""
        directions = QBoxLayout.Direction
        self._lines.setDirection(directions.LeftToRight if low else directions.TopToBottom)
        for words, button in self._tools.items():
            keys = button.shortcut()  # Qt takes it from a button whose words change
            button.setText("" if low else words)
            button.setShortcut(keys)
            button.setMaximumWidth(PICTURE_WIDTH if low else ANY_WIDTH)
