"""What became of each file of the last reading: the bad ones first, each in words."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from models.exchange.receive import FileResult
from ui.colours import PALETTE
from ui.icons import Icons

LEAST = 120


class ResultList(QListWidget):
    """A line for each file, with an icon beside the words."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self.setAccessibleName("读入结果")
        self.setWordWrap(True)
        self.setMinimumHeight(LEAST)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_results(self, results: Sequence[FileResult]) -> int:
        """Show them; how many were not clean."""
        self.clear()
        ordered = sorted(results, key=lambda result: (result.clean, result.name))
        for result in ordered:
            icon, colour = ("circle-check", PALETTE.green_ink)
            if not result.clean:
                icon, colour = ("triangle-alert", PALETTE.orange_ink)
            named = result.name in result.words
            words = result.words if named else f"{result.name}\n{result.words}"
            item = QListWidgetItem(self._icons.icon(icon, colour), words)
            said = "正常" if result.clean else "有问题"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{said}：{words}")
            self.addItem(item)
        return sum(not result.clean for result in results)
